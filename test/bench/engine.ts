import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs, promisify } from 'node:util';
import { type Engine, openEngine } from '../../training/engine/index.ts';
import { convolutionalVae, denseVae, type VaeStep } from '../training/engine/vae.ts';

/**
 * Samples per second of a training step (forward, backward, Adam) of two autoencoders on each engine, and in
 * PyTorch where a python3 has it. The rows take turns and the best of each one's rounds counts, so that what else the
 * machine does in a busy moment is no row's loss.
 *
 *     npm run bench:engine -- [--rounds 4] [--seconds 1] [--json FILE]
 */
const sizes = {
  dense: { pixels: 784, hidden: 256, latent: 16, batch: 64 },
  convolutional: { side: 28, channels: 16, latent: 16, batch: 64 },
} as const;
type ModelName = keyof typeof sizes;
type Row = { readonly name: string } & Readonly<Record<ModelName, number>>;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const seconds = Number(options.seconds);

const models: Record<ModelName, VaeStep> = {
  dense: denseVae(sizes.dense),
  convolutional: convolutionalVae(sizes.convolutional),
};

async function samplesPerSecond(engine: Engine, { step, signature, state, batch }: VaeStep): Promise<number> {
  const program = await engine.compile(step, signature);
  program.load(state);
  const warmUp = engine.name === 'reference' ? 1 : 5;
  for (let index = 0; index < warmUp; index++) await program.run(batch);
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (times.length === 0 || performance.now() < end) {
    const start = performance.now();
    await program.run(batch);
    times.push(performance.now() - start);
  }
  await program.dispose();
  return (batch.x!.shape[0]! * 1000) / times.sort((a, b) => a - b)[times.length >> 1]!;
}

async function engineRow(name: string, engine: Engine): Promise<Row> {
  return {
    name,
    dense: await samplesPerSecond(engine, models.dense),
    convolutional: await samplesPerSecond(engine, models.convolutional),
  };
}

/** PyTorch's row, from the first python3 that can import it. */
async function torchRow(threads: number): Promise<Row | undefined> {
  const script = new URL('./engine_torch.py', import.meta.url).pathname;
  const steps = [sizes.dense, sizes.convolutional].map((size) => JSON.stringify(size));
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      const { stdout } = await promisify(execFile)(python, [
        script,
        String(threads),
        String(seconds),
        ...steps,
      ]);
      const { version, dense, convolutional } = JSON.parse(stdout) as { version: string } & Record<
        ModelName,
        number
      >;
      return { name: `PyTorch ${version}, ${threads} threads`, dense, convolutional };
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
  () => engineRow('reference', reference),
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
if (rows.length === 3) console.log('PyTorch is not measured: no python3 here can import torch.');

function faster(a: Row, b: Row): Row {
  return {
    name: a.name,
    dense: Math.max(a.dense, b.dense),
    convolutional: Math.max(a.convolutional, b.convolutional),
  };
}

const columns = Object.entries(models) as [ModelName, VaeStep][];
const heading = columns.map(([name, { parameters }]) => `${name} (${(parameters / 1e6).toFixed(2)} M)`);
console.log(`samples per second, and times the first row${' '.repeat(2)}${heading.join('  ')}`);
for (const row of rows) {
  const cells = columns.map(
    ([name]) => `${row[name].toFixed(0)} (×${(row[name] / rows[0]![name]).toFixed(2)})`,
  );
  console.log(`${row.name.padEnd(44)} ${cells.map((cell) => cell.padStart(16)).join('  ')}`);
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ sizes, rows }, undefined, 2)}\n`);
