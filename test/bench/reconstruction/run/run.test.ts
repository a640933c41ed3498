import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../../../../training/engine/index.ts';
import { openKept } from '../../kept.ts';
import type { Measured, Row } from '../rows.ts';
import type { Setting } from '../setting.ts';
import { readAllGarments } from '../world.ts';
import { type Cell, openBench } from './cell.ts';
import { openCells } from './cells.ts';

const rounds = { generators: 1, mappings: 1, completion: 1 };
const setting: Setting = {
  alpha: 1,
  missing: 0.5,
  seed: 7,
  budget: { parts: 160, judgeParts: 40, judgeEpochs: 1, rounds },
};
const cell = (method: string, patch = {}): Cell => ({ method, setting, patch });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Everything but how long it took. */
const timeless = (rows: readonly Row[] | undefined) =>
  rows?.map((row) => ({ ...row, secondsPerRound: 0, trainSeconds: 0 }));

describe('cells in processes of their own', () => {
  it('give the rows that one process gives, and are not run again', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    const garments = await readAllGarments();
    const engine = await openEngine({ engine: 'onnx', threads: 1 });
    const measure = openBench({ engine, garments });
    const all = [
      { ...cell('mean-image'), pictured: true },
      cell('nearest-neighbour'),
      cell('mean-image', { training: { batch: 32 } }),
    ];
    const path = join(folder, 'rows.jsonl');
    const open = async () =>
      openCells(garments.length, {
        kept: await openKept<Measured>(path),
        workers: 2,
        device: 'cpu',
        signal: new AbortController().signal,
      });
    expect(await (await open()).run(all)).toBe(0);
    expect(lines).toHaveLength(3);
    const again = await open();
    expect(await again.run(all)).toBe(0);
    expect(lines).toHaveLength(3);
    for (const one of all)
      expect(timeless((await again.find(one))?.rows)).toEqual(timeless((await measure(one)).rows));
    const pictures = await Promise.all(all.map(async (one) => (await again.find(one))?.samples));
    expect(pictures.map((samples) => samples && Object.keys(samples))).toEqual([
      ['truth', 'gauge', 'note', 'both'],
      undefined,
      undefined,
    ]);
    await engine.dispose();
    log.mockRestore();
  });
});
