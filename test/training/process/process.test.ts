import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { modalityOf } from '../../../protocol/plan.ts';
import { decodeTensors, encodeTensors } from '../../../protocol/safetensors.ts';
import { moduleShapes, valueSize } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type {
  DevicesResult,
  ImportResult,
  ReconstructResult,
  TrainResult,
} from '../../../training/process/messages.ts';
import { tinyPlan } from '../model/plans.ts';
import { type Child, progressOf, runToEnd, startChild, trainJob } from './child.ts';

const plan = tinyPlan();
const children: Child[] = [];
function start(): Child {
  const child = startChild();
  children.push(child);
  return child;
}
afterEach(() => {
  for (const { process } of children.splice(0)) process.kill('SIGKILL');
});
/** For tests that ask for what a process is there for: it takes one job after the other. */
let lasting: Child | undefined;
afterAll(() => lasting?.process.kill('SIGKILL'));
function started(): Child {
  lasting ??= startChild();
  return lasting;
}

describe('the training process', () => {
  it('trains the three stages and reconstructs what a part lacks', async () => {
    const child = started();
    const lacksCamera = (name: string, part: number) => name === 'camera' && part % 3 === 0;
    const job = await trainJob(plan, 60, {}, lacksCamera);
    const modules: Record<string, string> = {};
    for (const [index, stage] of (['generators', 'mappings', 'completion'] as const).entries()) {
      const result = (await runToEnd(child, {
        ...job,
        id: stage,
        stage,
        round: index + 1,
        modules,
      })) as TrainResult;
      for (const module of result.modules) modules[module.name] = module.path;
      expect(result.samplesPerSecond).toBeGreaterThan(0);
    }
    const { tensors } = decodeTensors(await readFile(modules['encoder/color']!));
    expect(Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]))).toEqual(
      moduleShapes(plan, 'encoder/color'),
    );

    const { engine, datasets, output } = job;
    const options = { kind: 'reconstruct', draws: 4, bridges: {}, includeMeasured: false } as const;
    const result = (await runToEnd(child, {
      ...options,
      ...{ id: 'reconstruct', plan, engine, datasets, modules, output },
    })) as ReconstructResult;
    expect(Object.keys(result.files)).toEqual(['camera']);
    const file = decodeTensors(await readFile(result.files.camera!));
    const size = valueSize(modalityOf(plan, 'camera'));
    expect(file.tensors.mean!.shape).toEqual([20, size]);
    expect(file.tensors.sigma!.shape).toEqual([20, size]);
    expect(file.tensors.confidence!.shape).toEqual([20]);
    expect([...file.tensors.index!.data]).toEqual(Array.from({ length: 20 }, (_, index) => index * 3));
    const shares = JSON.parse(file.metadata.sources!) as Record<string, number>;
    expect(Object.keys(shares).sort()).toEqual(['color', 'gauge', 'note']);
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  });

  it('imports a folder into a data set that it can train on', async () => {
    const child = started();
    const folder = await mkdtemp(join(tmpdir(), 'fedrecon-import-'));
    const profile = (part: number) => Array.from({ length: 10 }, (_, place) => (part + place) / 30).join(' ');
    const rows = Array.from(
      { length: 20 },
      (_, part) => `part-${part},${profile(part)},"round, number ${part}"`,
    );
    await writeFile(join(folder, 'parts.csv'), `id,gauge,note\n${rows.join('\n')}\n`);
    const job = await trainJob(plan, 1, { id: 'train' });
    const imported = (await runToEnd(child, {
      ...{ id: 'import', kind: 'import', plan, engine: {}, folder, manifest: 'parts.csv' },
      ...{ columns: { id: 'id', gauge: 'gauge', note: 'note' }, output: join(folder, 'output') },
    } as const)) as ImportResult;
    expect(imported).toMatchObject({ kind: 'import', accepted: 20, problems: 0 });
    const trained = (await runToEnd(child, { ...job, datasets: [imported.dataset] })) as TrainResult;
    // Three parts are held out.
    expect(trained.modules.map(({ name, samples }) => [name, samples])).toEqual([
      ['encoder/gauge', 17],
      ['decoder/gauge', 17],
      ['encoder/note', 17],
      ['decoder/note', 17],
    ]);
  });

  it('names the devices worth testing, and tests and times one', async () => {
    const child = started();
    const job = { id: 'devices', kind: 'devices', plan: null, engine: {} } as const;
    const { candidates } = (await runToEnd(child, job)) as DevicesResult;
    const cpu = candidates.at(-1)!;
    expect(cpu).toEqual({ engine: 'onnx', device: 'cpu' });
    const probe = { id: 'probe', kind: 'probe', plan: null, engine: { threads: 1 }, candidate: cpu } as const;
    expect(await runToEnd(child, probe)).toMatchObject({
      probe: { ok: true, threads: 1, milliseconds: expect.any(Number) },
    });
  });

  it('says its device, and reports at most ten times a second, with losses and the time left', async () => {
    const child = start();
    const long = tinyPlan({ training: { batch: 8, localEpochs: 10, learningRate: 0.01 } });
    const job = await trainJob(long, 200);
    const began = performance.now();
    await runToEnd(child, job);
    const seconds = (performance.now() - began) / 1000;
    const device = await child.event('device');
    expect(device).toMatchObject({ engine: 'onnx', device: 'cpu (1 thread)' });
    const training = progressOf(child, 'job').filter(({ phase }) => phase === 'training');
    expect(training.length).toBeGreaterThan(0);
    expect(training.length).toBeLessThanOrEqual(seconds * 10 + 1);
    const last = training.at(-1)!;
    expect(last).toMatchObject({ stage: 'generators', epochs: 10 });
    expect(last.remainingSeconds).toBeGreaterThanOrEqual(0);
    expect(last.samplesPerSecond).toBeGreaterThan(0);
    expect(Object.keys(last.losses!).every((name) => /^[a-z]+\/(likelihood|kl)$/.test(name))).toBe(true);
    const fractions = training.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it('stops when asked, leaves a checkpoint and takes the next job', async () => {
    const child = start();
    const endless = tinyPlan({ training: { batch: 8, localEpochs: 50, learningRate: 0.01 } });
    const job = await trainJob(endless, 4000, {}, (name) => name !== 'gauge');
    child.send({ type: 'start', job });
    await child.event('progress', ({ progress }) => progress.phase === 'training');
    child.send({ type: 'stop' });
    await child.event('stopped');
    expect(await readdir(job.state)).not.toEqual([]);
    const next = await trainJob(plan, 20, { id: 'next' });
    expect((await runToEnd(child, next)).kind).toBe('train');
  });

  it('ends when the application goes away', async () => {
    const child = start();
    child.send({ type: 'start', job: { id: 'devices', kind: 'devices', plan: null, engine: {} } });
    await child.event('done');
    child.process.disconnect();
    expect(await child.exited).toBe(0);
  });

  it('fails a job whose files are wrong, says which and why, and lives on', async () => {
    const child = started();
    const job = await trainJob(plan, 20);
    const broken = join(job.output, 'broken.safetensors');
    await writeFile(broken, 'no tensors');
    const failure = async (changes: Record<string, unknown>, id: string) => {
      child.send({ type: 'start', job: { ...job, ...changes, id } });
      return (await child.event('failed', (event) => event.job === id)).error;
    };
    expect(await failure({ datasets: [join(job.output, 'none')] }, 'a')).toMatchObject({
      code: 'dataset-invalid',
      detail: { path: join(job.output, 'none') },
    });
    expect(await failure({ datasets: [broken] }, 'b')).toMatchObject({ code: 'dataset-invalid' });
    expect(await failure({ modules: { 'encoder/camera': broken } }, 'c')).toMatchObject({
      code: 'tensors-invalid',
    });
    const good = (await runToEnd(child, { ...job, id: 'good' })) as TrainResult;
    const encoder = good.modules.find(({ name }) => name === 'encoder/camera')!.path;
    expect(await failure({ modules: { 'encoder/gauge': encoder } }, 'd')).toMatchObject({
      code: 'tensor-shape',
      detail: { name: 'encoder/gauge/hidden0/kernel' },
    });
    const inherited = join(job.output, 'inherited.safetensors');
    const { tensors } = decodeTensors(await readFile(encoder));
    await writeFile(
      inherited,
      encodeTensors({ ...tensors, toString: { shape: [1], data: Float32Array.of(1) } } as HostTensors),
    );
    expect(await failure({ modules: { 'encoder/camera': inherited } }, 'i')).toMatchObject({
      code: 'module-invalid',
      detail: { problem: 'it holds toString' },
    });
    expect(await failure({ stage: 'nonsense' }, 'e')).toMatchObject({
      code: 'request-invalid',
      detail: { field: 'stage' },
    });
    expect(await failure({ plan: { ...plan, modalities: [] } }, 'f')).toMatchObject({
      code: 'plan-invalid',
    });
  });
});
