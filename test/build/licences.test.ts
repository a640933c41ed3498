import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { licencesOf } from '../../build/licences.ts';

const licences = licencesOf(fileURLToPath(new URL('../..', import.meta.url)));

describe('the licences that the window lists', () => {
  it('are those of what is in the product, with their texts', () => {
    const of = (name: string) => licences.filter((one) => one.name === name);
    expect(of('pdfkit')).toMatchObject([{ version: '0.20.2', licence: 'MIT' }]);
    expect(of('pdfkit')[0]!.text).toMatch(/Permission is hereby granted/);
    expect(of('@fontsource/noto-sans')[0]!.text).toMatch(/SIL OPEN FONT LICENSE/i);
    for (const name of ['svelte', 'electron']) expect(of(name), name).toHaveLength(1);
    for (const name of ['vitest', 'typescript', '@biomejs/biome']) expect(of(name), name).toEqual([]);
  });

  it('are named for every package, each once', () => {
    expect(licences.length).toBeGreaterThan(200);
    expect(licences.filter(({ licence }) => !/^[\w(]/.test(licence))).toEqual([]);
    const names = licences.map(({ name, version }) => `${name} ${version}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
