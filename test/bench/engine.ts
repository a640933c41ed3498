import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs, promisify } from 'node:util';
import { modalityOf, parsePlan } from '../../protocol/plan.ts';
import { sizeOf } from '../../protocol/tensors.ts';
import { type Engine, openEngine } from '../../training/engine/index.ts';
import { generatorObjective } from '../../training/learning/objectives.ts';
import { stepOf } from '../training/engine/objective-steps.ts';
import { convolutionalVae, denseVae, type TrainableStep, type VaeStep } from '../training/engine/vae.ts';

/**
 * Samples per second of a training step (forward, backward, Adam) of the demonstration's camera autoencoder and of
 * two generic ones, the second of convolutions, on each engine, and in
 * PyTorch where a python3 has it. The rows take turns and the best of each one's rounds counts, so that what else the
 * machine does in a busy moment is no row's loss; the CPU time of a step says the same where it is never idle.
 *
 *     npm run bench:engine -- [--rounds 4] [--seconds 1] [--json FILE]
 */
const plan = parsePlan(
  JSON.parse(readFileSync(new URL('../../assets/demo/plan.json', import.meta.url), 'utf8')),
);
const camera = modalityOf(plan, 'camera');
const sizes = {
  demonstration: { pixels: 784, hidden: camera.hidden, latent: camera.latent, batch: plan.training.batch },
  dense: { pixels: 784, hidden: 256, latent: 16, batch: 64 },
  convolutional: { side: 28, channels: 16, latent: 16, batch: 64 },
} as const;
type ModelName = keyof typeof sizes;
interface Speed {
  readonly samplesPerSecond: number;
  /** CPU time of one step, all threads together. */
  readonly cpuMilliseconds: number;
}
type Row = { readonly name: string } & Readonly<Record<ModelName, Speed>>;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const seconds = Number(options.seconds);

const models: Record<ModelName, VaeStep> = {
  demonstration: counted(stepOf(generatorObjective(plan, camera)), generatorObjective(plan, camera).trained),
  dense: denseVae(sizes.dense),
  convolutional: convolutionalVae(sizes.convolutional),
};

function counted(step: TrainableStep, shapes: Readonly<Record<string, readonly number[]>>): VaeStep {
  return { ...step, parameters: Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0) };
}

async function speedOf(engine: Engine, { step, signature, state, batch }: VaeStep): Promise<Speed> {
  const program = await engine.compile(step, signature);
  program.load(state);
  const warmUp = engine.name === 'reference' ? 1 : 5;
  for (let index = 0; index < warmUp; index++) await program.run(batch);
  const times: number[] = [];
  const before = process.cpuUsage();
  const end = performance.now() + seconds * 1000;
  while (times.length === 0 || performance.now() < end) {
    const start = performance.now();
    await program.run(batch);
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  await program.dispose();
  return {
    samplesPerSecond:
      ((batch.x ?? batch.values)!.shape[0]! * 1000) / times.sort((a, b) => a - b)[times.length >> 1]!,
    cpuMilliseconds: (user + system) / 1000 / times.length,
  };
}

async function engineRow(name: string, engine: Engine): Promise<Row> {
  return {
    name,
    demonstration: await speedOf(engine, models.demonstration),
    dense: await speedOf(engine, models.dense),
    convolutional: await speedOf(engine, models.convolutional),
  };
}

/** PyTorch's row, from the first python3 that can import it. */
async function torchRow(threads: number): Promise<Row | undefined> {
  const script = new URL('./engine_torch.py', import.meta.url).pathname;
  const steps = [sizes.demonstration, sizes.dense, sizes.convolutional].map((size) => JSON.stringify(size));
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      const { stdout } = await promisify(execFile)(python, [
        script,
        String(threads),
        String(seconds),
        ...steps,
      ]);
      const { version, ...speeds } = JSON.parse(stdout) as { version: string } & Record<ModelName, Speed>;
      return {
        name: `PyTorch ${version}, ${threads} thread${threads === 1 ? '' : 's'}`,
        ...speeds,
      };
    } catch {
      // This python is not there, or has no torch: the next one may.
    }
  }
  return undefined;
}

const [one, two, reference] = await Promise.all([
  openEngine({ engine: 'onnx', threads: 1 }),
  openEngine({ engine: 'onnx', threads: 2 }),
  openEngine({ engine: 'reference' }),
]);
const measurements: (() => Promise<Row | undefined>)[] = [
  () => engineRow('onnx cpu, 1 thread', one),
  () => engineRow('onnx cpu, 2 threads', two),
  () => torchRow(1),
  () => torchRow(2),
];

const best: (Row | undefined)[] = [];
for (let round = 0; round < Number(options.rounds); round++) {
  for (const [index, measure] of measurements.entries()) {
    const row = await measure();
    const before = best[index];
    if (row === undefined) continue;
    best[index] = before === undefined ? row : faster(before, row);
  }
}
const rows = best.filter((row) => row !== undefined);
if (rows.length === 2) console.log('PyTorch is not measured: no python3 here can import torch.');
// It takes seconds a step, and nobody waits for it: once is enough.
rows.push(await engineRow('reference', reference));

function faster(a: Row, b: Row): Row {
  return {
    name: a.name,
    demonstration: better(a.demonstration, b.demonstration),
    dense: better(a.dense, b.dense),
    convolutional: better(a.convolutional, b.convolutional),
  };
}

function better(a: Speed, b: Speed): Speed {
  return {
    samplesPerSecond: Math.max(a.samplesPerSecond, b.samplesPerSecond),
    cpuMilliseconds: Math.min(a.cpuMilliseconds, b.cpuMilliseconds),
  };
}

const columns = Object.entries(models) as [ModelName, VaeStep][];
console.log('samples per second (times the first row), CPU milliseconds of a step of 64 samples');
console.log(
  [
    ' '.repeat(30),
    ...columns.map(([name, { parameters }]) => `${name} (${(parameters / 1e6).toFixed(2)} M)`.padEnd(30)),
  ].join(''),
);
for (const row of rows) {
  const cells = columns.map(([name]) => {
    const { samplesPerSecond, cpuMilliseconds } = row[name];
    const ratio = samplesPerSecond / rows[0]![name].samplesPerSecond;
    return `${samplesPerSecond.toFixed(0)} (×${ratio.toFixed(2)}), ${cpuMilliseconds.toFixed(2)} ms`.padEnd(
      30,
    );
  });
  console.log([row.name.padEnd(30), ...cells].join(''));
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ sizes, rows }, undefined, 2)}\n`);
