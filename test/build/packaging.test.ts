import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const project = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(`${project}/build/electron-builder.json`, 'utf8');

/** electron-builder's own check of a configuration; it exports no types for it. */
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration(configuration: object, logger: { isEnabled: boolean }): Promise<void>;
};

function configuration(): Record<string, unknown> {
  const { $schema: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return rest;
}

describe('the packaging configuration', () => {
  it("passes electron-builder's own check, which does refuse mistakes", async () => {
    await validateConfiguration(configuration(), { isEnabled: false });
    await expect(
      validateConfiguration({ ...configuration(), asarr: true }, { isEnabled: false }),
    ).rejects.toThrow(/asarr/);
  });

  it('closes every back door that a fuse can close', () => {
    expect(configuration().electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('packs what is built and leaves native files where they can be loaded', () => {
    expect(configuration()).toMatchObject({ asar: true, publish: null });
    expect(configuration().asarUnpack).toContain('**/*.node');
    // The image library loads a second native file, which ends otherwise.
    expect(configuration().asarUnpack).toContain('node_modules/@img/**');
    const { main } = JSON.parse(readFileSync(`${project}/package.json`, 'utf8')) as { main: string };
    expect(main).toBe('build/out/electron/main.js');
    expect(configuration().files).toContain('build/out/electron/**');
  });

  it('packs the faces that paper is written in, and none besides', () => {
    const left = (configuration().files as string[]).filter((one) => one.startsWith('!'));
    const isPacked = (file: string) => !left.some((one) => matchesGlob(file, one.slice(1)));
    const folder = 'node_modules/@fontsource/noto-sans';
    for (const file of [
      'unicode.json',
      ...[400, 700].map((one) => `files/noto-sans-latin-${one}-normal.woff`),
    ])
      expect(isPacked(`${folder}/${file}`), file).toBe(true);
    for (const file of ['latin.css', '400-normal.woff2', '400-italic.woff', '300-normal.woff'])
      expect(
        isPacked(`${folder}/${file === 'latin.css' ? file : `files/noto-sans-latin-${file}`}`),
        file,
      ).toBe(false);
  });
});
