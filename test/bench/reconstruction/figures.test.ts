import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { retrievalRanks } from './figures.ts';
import { openRows, type Row, tableOf } from './rows.ts';

const example: Row = {
  method: 'fedrecon',
  alpha: 0.1,
  missing: 0.3,
  seed: 1,
  source: 'gauge',
  psnr: 17.5,
  ssim: 0.5,
  coherence: 0.75,
  top1: 0.25,
  top10: 0.5,
  spread: 0.1,
  worstPlant: 16,
  bytesPerRound: 2e6,
  secondsPerRound: 1.5,
};
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-rows-'));
  folders.push(folder);
  return join(folder, 'deep', 'rows.jsonl');
}

describe('retrieval', () => {
  const truth = { width: 2, data: Float32Array.of(0, 0, 1, 0, 0, 1) };

  it('counts the true images that are nearer than the right one', () => {
    const images = { width: 2, data: Float32Array.of(0.1, 0, 0.1, 0.2, 0.9, 0.2) };
    expect(retrievalRanks(truth, images)).toEqual([0, 2, 2]);
  });

  it('gives one image for all parts no better rank than chance', () => {
    const same = { width: 2, data: new Float32Array(6).fill(0.5) };
    expect(retrievalRanks(truth, same)).toEqual([1, 1, 1]);
  });
});

describe('kept rows', () => {
  it('are found again by setting and method after a restart', async () => {
    const path = await file();
    const written = await openRows(path);
    await written.add('setting a', [example, { ...example, source: 'note' }]);
    for (const rows of [written, await openRows(path)]) {
      expect(rows.find('setting a', 'fedrecon')).toEqual([example, { ...example, source: 'note' }]);
      expect(rows.find('setting b', 'fedrecon')).toEqual([]);
      expect(rows.find('setting a', 'direct')).toEqual([]);
    }
  });

  it('outlive a line that was cut off by a kill, as do the rows written after it', async () => {
    const path = await file();
    await (await openRows(path)).add('a', [example]);
    await writeFile(path, `${await readFile(path, 'utf8')}{"setting":"a","row":{"met`);
    await (await openRows(path)).add('b', [example]);
    const rows = await openRows(path);
    expect(rows.find('a', 'fedrecon')).toEqual([example]);
    expect(rows.find('b', 'fedrecon')).toEqual([example]);
  });
});

describe('the table', () => {
  it('has a line for each row, the same sources together', () => {
    const other = { ...example, source: 'note' } as const;
    const lines = tableOf([example, other, { ...example, method: 'direct' }]).split('\n');
    expect(lines.slice(1).map((line) => line.split(/ +/).slice(0, 5).join(' '))).toEqual([
      'gauge 0.1 0.3 1 fedrecon',
      'gauge 0.1 0.3 1 direct',
      'note 0.1 0.3 1 fedrecon',
    ]);
    expect(lines[1]).toContain('75.0 %');
  });
});
