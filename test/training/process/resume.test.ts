import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeTensors } from '../../../protocol/safetensors.ts';
import type { Progress, TrainResult } from '../../../training/process/messages.ts';
import { tinyPlan } from '../model/plans.ts';
import { runToEnd, startChild, trainJob } from './child.ts';

const plan = tinyPlan({ training: { batch: 8, localEpochs: 12, learningRate: 0.01, seed: 7 } });

async function uninterrupted(job: Awaited<ReturnType<typeof trainJob>>): Promise<TrainResult> {
  const child = startChild();
  const other = { ...job, state: `${job.state}-whole`, output: `${job.output}-whole` };
  const result = (await runToEnd(child, other)) as TrainResult;
  child.process.kill();
  return result;
}

/** Names of what a job could go on from; a file that is being written has another ending. */
async function checkpoints(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.safetensors'));
}

describe('a training process killed with SIGKILL', () => {
  it('resumes from its last checkpoint and gives the same bytes as if never killed', async () => {
    const job = await trainJob(plan, 2000, {}, (name) => name !== 'camera' && name !== 'gauge');
    const isTraining = ({ progress }: { progress: Progress }) => progress.phase === 'training';
    const first = startChild();
    first.send({ type: 'start', job });
    await first.event('progress', isTraining);
    first.send({ type: 'stop' });
    await first.event('stopped');
    first.process.kill();
    expect(await checkpoints(job.state)).not.toEqual([]);

    const second = startChild();
    second.send({ type: 'start', job });
    const { progress } = await second.event('progress', isTraining);
    expect(progress.fraction).toBeGreaterThan(0);
    second.process.kill('SIGKILL');
    await second.exited;

    const third = startChild();
    const result = (await runToEnd(third, job)) as TrainResult;
    third.process.kill();
    const whole = await uninterrupted(job);
    expect(result.modules.map(({ name, sha256, samples }) => ({ name, sha256, samples }))).toEqual(
      whole.modules.map(({ name, sha256, samples }) => ({ name, sha256, samples })),
    );
    expect(result.metrics).toEqual(whole.metrics);
  });

  it('trains the round again when a checkpoint is damaged', async () => {
    const job = await trainJob(plan, 50);
    const child = startChild();
    const before = (await runToEnd(child, job)) as TrainResult;
    const state = join(job.state, 'camera.safetensors');
    await writeFile(state, (await readFile(state)).subarray(0, 1000));
    const after = (await runToEnd(child, { ...job, id: 'again' })) as TrainResult;
    child.process.kill();
    expect(after.modules).toEqual(before.modules);
    const { tensors } = decodeTensors(await readFile(state));
    expect(Object.keys(tensors).length).toBeGreaterThan(0);
  });
});
