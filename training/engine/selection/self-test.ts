import type { Engine } from '../types.ts';
import { type DeviceReason, deviceReasons } from './device-reason.ts';
import { type ProbeSize, probeModel } from './probe-model.ts';

const tiny: ProbeSize = { side: 8, channels: 4, hidden: 8, batch: 4 };
const real: ProbeSize = { side: 28, channels: 8, hidden: 128, batch: 64 };
const steps = 3;
const tolerance = 1e-3;

/**
 * Expected norms: the loss and the norm of every weight of the tiny probe after three steps on the reference engine.
 */
export const expectedNorms: Readonly<Record<string, number>> = {
  loss: 0.01397709,
  kernel: 0.6688118,
  'kernel@m': 1.118046e-5,
  'kernel@v': 1.445e-11,
  encoder: 2.616151,
  'encoder@m': 0.002422109,
  'encoder@v': 1.588035e-7,
  bias: 0.366566,
  'bias@m': 6.056722e-4,
  'bias@v': 7.943705e-8,
  decoder: 2.611752,
  'decoder@m': 0.002243562,
  'decoder@v': 1.614165e-7,
  spread: 0.6528184,
  'spread@m': 0.001205154,
  'spread@v': 1.362186e-7,
};

/** Norms of the tiny probe, its loss and weights, after three steps on this engine. */
export async function measureNorms(engine: Engine): Promise<Record<string, number>> {
  const { fn, signature, state, batch } = probeModel(tiny);
  const program = await engine.compile(fn, signature);
  try {
    program.load(state);
    let loss = Number.NaN;
    for (let step = 0; step < steps; step++) loss = (await program.run(batch)).loss!.data[0]!;
    const norms = Object.entries(await program.read()).map(([name, { data }]) => [name, norm(data)] as const);
    return { loss, ...Object.fromEntries(norms) };
  } finally {
    await program.dispose();
  }
}

/** Self-test of an engine's numbers. @returns the first wrong result; undefined if all are right */
export async function selfTest(engine: Engine): Promise<DeviceReason | undefined> {
  const norms = await measureNorms(engine);
  for (const [name, expected] of Object.entries(expectedNorms)) {
    const actual = norms[name]!;
    if (!(Math.abs(actual - expected) <= tolerance * expected)) {
      return deviceReasons.wrong(name, actual.toPrecision(6), expected.toPrecision(6));
    }
  }
  return undefined;
}

/**
 * Milliseconds of one training step at a real size: the median of a few after a warm-up, or of as many as a slow
 * device manages in half a second.
 */
export async function timeStep(engine: Engine, count = 7): Promise<number> {
  const { fn, signature, state, batch } = probeModel(real);
  const program = await engine.compile(fn, signature);
  const timed = async () => {
    const start = performance.now();
    await program.run(batch);
    return performance.now() - start;
  };
  try {
    program.load(state);
    await timed();
    const times = [await timed()];
    const end = performance.now() + 500;
    while (times.length < count && performance.now() < end) times.push(await timed());
    return times.sort((a, b) => a - b)[times.length >> 1]!;
  } finally {
    await program.dispose();
  }
}

function norm(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
}
