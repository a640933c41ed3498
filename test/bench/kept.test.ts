import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openKept } from './kept.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});
async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-kept-'));
  folders.push(folder);
  return join(folder, 'deep', 'work.jsonl');
}

describe('finished work', () => {
  it('is found again after a restart', async () => {
    const path = await file();
    const written = await openKept<number[]>(path);
    await written.add('a', [1, 2]);
    for (const kept of [written, await openKept<number[]>(path)]) {
      expect(kept.find('a')).toEqual([1, 2]);
      expect(kept.find('b')).toBeUndefined();
    }
  });

  it('outlives a line that was cut off by a kill, as does what is added after it', async () => {
    const path = await file();
    await (await openKept<number>(path)).add('a', 1);
    await appendFile(path, '{"key":"b","val');
    const reopened = await openKept<number>(path);
    expect([reopened.find('a'), reopened.find('b')]).toEqual([1, undefined]);
    await reopened.add('c', 3);
    expect((await readFile(path, 'utf8')).endsWith('\n')).toBe(true);
    const again = await openKept<number>(path);
    expect([again.find('a'), again.find('b'), again.find('c')]).toEqual([1, undefined, 3]);
  });
});
