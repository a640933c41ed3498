import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { openEngine, type Signature, type TensorFunction } from '../../../training/engine/index.ts';
import { partition } from '../../../training/engine/onnx/fused/partition.ts';
import { inputPort, outputPort } from '../../../training/engine/onnx/graph.ts';
import { trace } from '../../../training/engine/onnx/trace.ts';
import { relativeDistance, seededRandom, uniform } from './seeded.ts';
import { stepModels } from './step-models.ts';

const engines = {
  onnx: await openEngine({ engine: 'onnx', threads: 1 }),
  reference: await openEngine({ engine: 'reference' }),
};

function parts(fn: TensorFunction, signature: Signature) {
  const { graph, elementwise } = trace(fn, signature);
  const ports = (signature.carried ?? []).map((name) => [outputPort(name), inputPort(name)] as const);
  return { graph, ...partition(graph, elementwise, new Map(ports)) };
}

/** Carried values and results after two runs on random values, from both engines. */
async function bothRun(fn: TensorFunction, signature: Signature, seed = 1) {
  const values: HostTensors[] = [];
  for (const engine of [engines.onnx, engines.reference]) {
    const random = seededRandom(seed);
    const entries = Object.entries(signature.inputs).map(
      ([name, shape]) => [name, uniform(random, shape, 0.5, 2)] as const,
    );
    const carried = new Set(signature.carried);
    const program = await engine.compile(fn, signature);
    program.load(Object.fromEntries(entries.filter(([name]) => carried.has(name))));
    const inputs = Object.fromEntries(entries.filter(([name]) => !carried.has(name)));
    await program.run(inputs);
    const results = await program.run(inputs);
    values.push({ ...results, ...(await program.read()) });
    await program.dispose();
  }
  return values as [HostTensors, HostTensors];
}

async function expectSame(fn: TensorFunction, signature: Signature, seed?: number): Promise<void> {
  const [actual, expected] = await bothRun(fn, signature, seed);
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect(actual[name]!.shape).toEqual(shape);
    expect(relativeDistance(actual[name]!.data, data), name).toBeLessThan(1e-5);
  }
}

describe('fused updates', () => {
  it('take the whole optimiser out of the graph of a training step', () => {
    for (const { step, signature, state } of Object.values(stepModels)) {
      const { head, updates } = parts(step, signature);
      const moments = Object.entries(state).filter(
        ([name, { data }]) => name.includes('@') && data.length > 1,
      );
      const stored = updates.flatMap((update) => update.stores);
      expect(stored).toEqual(expect.arrayContaining(moments.map(([name]) => outputPort(name))));
      expect(head.inputs.some((port) => port.name.includes('@m') && Math.max(0, ...port.shape) > 1)).toBe(
        false,
      );
    }
  });

  it('exchange two values without one overwriting the other too early', async () => {
    const fn: TensorFunction = ({ a, b, x }) => ({ a: tf.mul(b!, 2), b: tf.mul(a!, 3), seen: tf.sum(x!) });
    const signature = { inputs: { a: [5], b: [5], x: [2] }, carried: ['a', 'b'] };
    expect(parts(fn, signature).updates).toHaveLength(1);
    await expectSame(fn, signature);
  });

  it('leave a new value in the graph where the graph goes on to use it', async () => {
    const fn: TensorFunction = ({ w, x }) => {
      const next = tf.sub(w!, tf.mul(x!, 0.1));
      return { w: next, norm: tf.sum(tf.square(next)) };
    };
    const signature = { inputs: { w: [7], x: [7] }, carried: ['w'] };
    expect(parts(fn, signature).updates).toHaveLength(0);
    await expectSame(fn, signature);
  });

  it('read inputs, numbers from the graph and numbers from outside', async () => {
    const fn: TensorFunction = ({ w, x, rate }) => {
      const scale = tf.mul(tf.sum(x!), rate!);
      return {
        w: tf.sub(tf.mul(w!, rate!), tf.div(tf.mul(x!, scale), tf.add(tf.sqrt(tf.abs(x!)), 0.5))),
        scale,
      };
    };
    const signature = { inputs: { w: [3, 3], x: [3, 3], rate: [] }, carried: ['w'] };
    expect(parts(fn, signature).updates).toMatchObject([{ stores: ['out:w'], size: 9 }]);
    await expectSame(fn, signature);
  });

  it('leave broadcasting, other operators and single numbers to the graph', async () => {
    const fn: TensorFunction = ({ w, b, e, n, x }) => ({
      w: tf.add(w!, b!),
      b: tf.mul(b!, x!),
      e: tf.exp(tf.neg(e!)),
      n: tf.mul(n!, 2),
      x2: tf.square(x!),
    });
    const signature = { inputs: { w: [4, 3], b: [3], e: [3], n: [], x: [3] }, carried: ['w', 'b', 'e', 'n'] };
    expect(parts(fn, signature).updates.map((update) => update.stores)).toEqual([['out:b']]);
    await expectSame(fn, signature);
  });

  it('work on copies of what the caller takes and of new values that the graph makes', async () => {
    const fn: TensorFunction = ({ w, c, n, x }) => {
      const gradient = tf.exp(x!);
      const nextC = tf.exp(tf.mul(c!, -1));
      const nextN = tf.mul(n!, 0.5);
      return { w: tf.mul(tf.add(tf.sub(w!, gradient), nextC), nextN), c: nextC, n: nextN, gradient };
    };
    const signature = { inputs: { w: [6], c: [6], n: [], x: [6] }, carried: ['w', 'c', 'n'] };
    expect(parts(fn, signature).updates.map((update) => update.stores)).toEqual([['out:w']]);
    await expectSame(fn, signature);
  });

  it('never touch values that come back as they went in', async () => {
    const fn: TensorFunction = ({ frozen, w, x }) => ({
      frozen: frozen!,
      w: tf.add(w!, frozen!),
      y: tf.sum(x!),
    });
    const signature = { inputs: { frozen: [3], w: [3], x: [3] }, carried: ['frozen', 'w'] };
    expect(parts(fn, signature).unchanged).toEqual(['out:frozen']);
    await expectSame(fn, signature);
    const onlyFrozen: TensorFunction = ({ frozen, x }) => ({ frozen: frozen!, y: tf.add(frozen!, x!) });
    await expectSame(onlyFrozen, { inputs: { frozen: [3], x: [3] }, carried: ['frozen'] });
  });

  it('keep the graph whole where nothing would be left of it', async () => {
    const fn: TensorFunction = ({ w }) => ({ w: tf.mul(w!, 2) });
    const signature = { inputs: { w: [3] }, carried: ['w'] };
    expect(parts(fn, signature).updates).toHaveLength(0);
    await expectSame(fn, signature);
  });

  it('give what the reference gives for any chain of operations and any size', async () => {
    const operators: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
      add: tf.add,
      sub: tf.sub,
      mul: tf.mul,
      div: (a, b) => tf.div(a, tf.add(tf.abs(b), 0.5)),
      sqrt: (a, b) => tf.add(tf.sqrt(tf.abs(a)), b),
      negate: (a, b) => tf.sub(tf.neg(a), b),
    };
    const chain = fc.array(fc.tuple(fc.constantFrom(...Object.keys(operators)), fc.nat(6), fc.nat(6)), {
      minLength: 1,
      maxLength: 8,
    });
    const sample = fc.sample(fc.tuple(chain, fc.integer({ min: 2, max: 37 }), fc.integer()), {
      numRuns: 25,
      seed: 5,
    });
    for (const [steps, size, seed] of sample) {
      const fn: TensorFunction = ({ a, b, x, rate }) => {
        const values = [a!, b!, x!, tf.mul(x!, rate!)];
        for (const [name, left, right] of steps) {
          const pick = (index: number) => values[index % values.length]!;
          values.push(operators[name]!(pick(left), pick(right)));
        }
        return { a: tf.mul(values.at(-1)!, 0.5), b: tf.sub(values.at(-2)!, b!), total: tf.sum(x!) };
      };
      const signature = { inputs: { a: [size], b: [size], x: [size], rate: [] }, carried: ['a', 'b'] };
      await expectSame(fn, signature, seed);
    }
  });
});
