import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleRow as example } from './example-row.ts';
import { openRows } from './rows.ts';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-rows-'));
  folders.push(folder);
  return join(folder, 'deep', 'rows.jsonl');
}

describe('kept rows', () => {
  it('are found again by setting and method after a restart', async () => {
    const path = await file();
    const written = await openRows(path);
    const samples = { truth: 'a', gauge: 'b', note: 'c', both: 'd' };
    await written.add('setting a', { rows: [example, { ...example, source: 'note' }], samples });
    for (const rows of [written, await openRows(path)]) {
      expect(rows.find('setting a', 'fedrecon')).toMatchObject({
        rows: [example, { ...example, source: 'note' }],
        samples,
      });
      expect(rows.find('setting b', 'fedrecon')).toBeUndefined();
      expect(rows.find('setting a', 'direct')).toBeUndefined();
    }
  });

  it('outlive a line that was cut off by a kill, as do the rows written after it', async () => {
    const path = await file();
    await (await openRows(path)).add('a', { rows: [example] });
    await writeFile(path, `${await readFile(path, 'utf8')}{"setting":"a","row":{"met`);
    await (await openRows(path)).add('b', { rows: [example] });
    const rows = await openRows(path);
    expect(rows.find('a', 'fedrecon')?.rows).toEqual([example]);
    expect(rows.find('b', 'fedrecon')?.rows).toEqual([example]);
  });
});
