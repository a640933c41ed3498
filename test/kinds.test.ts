import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modalityKinds } from '../protocol/kinds/index.ts';

const root = resolve(import.meta.dirname, '..');

/** The rooms in which a modality's kind is known in a folder of kinds only. */
const rooms = ['protocol', 'training', 'main', 'renderer', 'aggregator'];

const kindName = `['"\`](${modalityKinds.join('|')})['"\`]`;
const comparison = new RegExp(
  String.raw`[=!]==? ${kindName}|${kindName} [=!]==? |\bcase ${kindName}|Record<ModalityKind,`,
);

/** Lines outside the folders of kinds that compare a value with the name of a kind, or list all kinds. */
function comparisonsIn(path: string, source: string): string[] {
  return source
    .split('\n')
    .flatMap((line, index) => (comparison.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []));
}

function sourcesOf(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((path) => `${room}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('/kinds/'));
}

describe('the kinds of modality', () => {
  it.each(rooms)('are asked for their properties in %s, never for their names', (room) => {
    const sources = sourcesOf(room);
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.flatMap((path) => comparisonsIn(path, readFileSync(join(root, path), 'utf8')))).toEqual(
      [],
    );
  });

  it.each([
    "if (modality.kind === 'text') return;",
    "const flat = kind !== 'image';",
    "    case 'signal': {",
    "{#if 'text' === value.kind}",
    'const table: Readonly<Record<ModalityKind, number>> = {',
  ])('are found out where %s stands', (line) => {
    expect(comparisonsIn('a.ts', `\n${line}\n`)).toHaveLength(1);
  });

  it('may be named where a value of a kind is made', () => {
    expect(comparisonsIn('a.ts', "return { kind: 'text', text };")).toEqual([]);
  });
});
