import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileStateStore } from '../../../training/process/files/state-files.ts';
import type { TrainResult } from '../../../training/process/messages.ts';
import { datasetFile } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { runToEnd, startChild, trainJob } from './child.ts';

const plan = tinyPlan({
  training: { batch: 8, localEpochs: 1, learningRate: 0.01, seed: 7 },
  continual: { reservoir: 5 },
  evaluation: { holdOut: 0 },
});

it('the training process trains on a later import and its reservoir, over restarts too', async () => {
  const job = await trainJob(plan, 30);
  const samples = async (datasets: readonly string[]) => {
    const child = startChild();
    const result = (await runToEnd(child, { ...job, datasets: [...datasets] })) as TrainResult;
    child.process.kill();
    return result.modules.find(({ name }) => name === 'encoder/gauge')!.samples;
  };
  expect(await samples(job.datasets)).toBe(30);
  const later = join(job.output, '..', 'later.safetensors');
  await writeFile(
    later,
    datasetFile(plan, 12, () => false, 2),
  );
  expect(await samples([...job.datasets, later])).toBe(12 + 5);
  // The older file was imported again, the parts are the same.
  expect(await samples([later, ...job.datasets])).toBe(12 + 5);
});

it('a plant’s memory that cannot be read counts as absent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-memory-'));
  const store = fileStateStore(folder);
  expect(await store.loadMemory()).toBeUndefined();
  const memory = { newest: ['a'], earlier: ['b', 'c'], reservoir: { parts: ['c'], offered: 2 } };
  await store.saveMemory(memory);
  expect(await fileStateStore(folder).loadMemory()).toEqual(memory);
  const [file] = await readdir(folder);
  for (const text of ['{"newest"', '{"newest":["a"]}']) {
    await writeFile(join(folder, file!), text);
    expect(await store.loadMemory()).toBeUndefined();
  }
  await rm(folder, { recursive: true });
});
