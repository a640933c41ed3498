import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf, openFiles } from '../../../main/store/files.ts';
import { temporaryFolder } from '../support/folders.ts';

const bytes = Buffer.from('a module');

describe('content-addressed files', () => {
  it('keeps bytes under their hash and gives them back', async () => {
    const files = openFiles(temporaryFolder());
    const stored = await files.put(bytes);
    expect(stored).toEqual({ sha256: hashOf(bytes), bytes: bytes.length });
    expect(files.path(stored.sha256)).toContain(join(stored.sha256.slice(0, 2), stored.sha256.slice(2)));
    expect(Buffer.from(await files.read(stored.sha256))).toEqual(bytes);
  });

  it('keeps equal contents once', async () => {
    const files = openFiles(temporaryFolder());
    const first = await files.put(bytes);
    const second = await files.put(bytes);
    expect(second).toEqual(first);
    expect(readdirSync(join(files.path(first.sha256), '..'))).toHaveLength(1);
  });

  it('does not give out a file whose bytes changed', async () => {
    const files = openFiles(temporaryFolder());
    const { sha256 } = await files.put(bytes);
    writeFileSync(files.path(sha256), 'another module');
    await expect(files.read(sha256)).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('takes over a file that is what it should be, and throws away one that is not', async () => {
    const files = openFiles(temporaryFolder());
    writeFileSync(files.partial('good'), bytes);
    await files.adopt(files.partial('good'), hashOf(bytes));
    expect(await files.has(hashOf(bytes))).toBe(true);
    expect(existsSync(files.partial('good'))).toBe(false);

    writeFileSync(files.partial('bad'), 'cut sho');
    await expect(files.adopt(files.partial('bad'), hashOf(bytes))).rejects.toMatchObject({
      code: 'transfer-damaged',
    });
    expect(existsSync(files.partial('bad'))).toBe(false);
  });

  it('sweeps scratch folders at the next start, and keeps what a transfer has collected', async () => {
    const folder = temporaryFolder();
    const before = openFiles(folder);
    const scratch = await before.scratch();
    writeFileSync(join(scratch, 'half'), 'written');
    writeFileSync(before.partial('abc'), 'half a blob');
    const after = openFiles(folder);
    expect(existsSync(scratch)).toBe(false);
    expect(existsSync(after.partial('abc'))).toBe(true);
  });

  it('deletes old files that nobody names, and none that are named or new', async () => {
    const files = openFiles(temporaryFolder());
    const kept = await files.put(Buffer.from('kept'));
    const dropped = await files.put(Buffer.from('dropped'));
    await files.collect(new Set([kept.sha256]), 60_000);
    expect(await files.has(dropped.sha256)).toBe(true);
    await files.collect(new Set([kept.sha256]), -1);
    expect(await files.has(dropped.sha256)).toBe(false);
    expect(await files.has(kept.sha256)).toBe(true);
  });
});
