import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { FedReconError } from '../../../protocol/errors.ts';
import { openEngine, type TensorFunction } from '../../../training/engine/index.ts';

const scalar = (value: number) => ({ shape: [], data: Float32Array.of(value) });
const row = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

/** A carried total that each run adds to. */
const counter: TensorFunction = ({ total, add }) => ({ total: tf.add(total!, add!), twice: tf.mul(add!, 2) });
const counterSignature = { inputs: { total: [2], add: [2] }, carried: ['total'] };

async function errorOf(work: () => unknown): Promise<FedReconError> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(FedReconError);
    return error as FedReconError;
  }
  throw new Error('nothing was refused');
}

const engines = await Promise.all([
  openEngine({ engine: 'onnx', threads: 1 }),
  openEngine({ engine: 'reference' }),
]);

describe.each(engines.map((engine) => [engine.name, engine] as const))(
  'a program of the %s engine',
  (_, engine) => {
    it('keeps carried values between runs and gives back the others', async () => {
      const program = await engine.compile(counter, counterSignature);
      expect(program.outputs).toEqual({ total: [2], twice: [2] });
      program.load({ total: row(10, 20) });
      for (let run = 1; run <= 3; run++) {
        expect(await program.run({ add: row(1, run) })).toEqual({ twice: row(2, 2 * run) });
      }
      expect(await program.read()).toEqual({ total: row(13, 26) });
      await program.dispose();
    });

    it('hands out values that later runs and loads leave alone', async () => {
      const program = await engine.compile(counter, counterSignature);
      const start = row(1, 1);
      program.load({ total: start });
      const before = await program.read();
      const first = await program.run({ add: row(5, 5) });
      await program.run({ add: row(7, 7) });
      await program.run({ add: row(7, 7) });
      expect(before).toEqual({ total: row(1, 1) });
      expect(first).toEqual({ twice: row(10, 10) });
      expect(start).toEqual(row(1, 1));
      await program.dispose();
    });

    it('starts carried values at zero and loads some of them alone', async () => {
      const fn: TensorFunction = ({ a, b }) => ({ a: tf.add(a!, 1), b: tf.add(b!, a!) });
      const program = await engine.compile(fn, { inputs: { a: [], b: [] }, carried: ['a', 'b'] });
      program.load({ b: scalar(5) });
      await program.run({});
      await program.run({});
      expect(await program.read()).toEqual({ a: scalar(2), b: scalar(6) });
      await program.dispose();
    });

    it('gives back an input, a constant and the same tensor under two names', async () => {
      const program = await engine.compile(({ x }) => ({ x: x!, again: x!, ones: tf.ones([2, 2]) }), {
        inputs: { x: [2] },
      });
      const results = await program.run({ x: row(3, 4) });
      expect(results).toEqual({
        x: row(3, 4),
        again: row(3, 4),
        ones: { shape: [2, 2], data: Float32Array.of(1, 1, 1, 1) },
      });
      await program.dispose();
    });

    it('differentiates with respect to variables made inside the function', async () => {
      const fn: TensorFunction = ({ x }) => {
        const weight = tf.variable(x!);
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(weight)) as tf.Scalar);
        return { value, gradient: grads[weight.name]! };
      };
      const program = await engine.compile(fn, { inputs: { x: [2] } });
      expect(await program.run({ x: row(3, 4) })).toEqual({ value: scalar(25), gradient: row(6, 8) });
      await program.dispose();
    });

    it('uses a constant that was made outside the function, again and again', async () => {
      const shift = tf.tensor1d([1, 2]);
      for (let time = 0; time < 2; time++) {
        const program = await engine.compile(({ x }) => ({ y: tf.add(x!, shift) }), { inputs: { x: [2] } });
        expect(await program.run({ x: row(1, 1) })).toEqual({ y: row(2, 3) });
        await program.dispose();
      }
      expect([...shift.dataSync()]).toEqual([1, 2]);
      shift.dispose();
    });

    it('leaves no tensor behind', async () => {
      const before = tf.memory().numTensors;
      const program = await engine.compile(counter, counterSignature);
      program.load({ total: row(1, 2) });
      program.load({ total: row(3, 4) });
      await program.run({ add: row(1, 1) });
      await program.run({ add: row(1, 1) });
      await program.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('leaves the backend that was current before current', async () => {
      await tf.setBackend('cpu');
      const program = await engine.compile(counter, counterSignature);
      await program.run({ add: row(1, 1) });
      expect(tf.getBackend()).toBe('cpu');
      await program.dispose();
    });

    it.each([
      ['a missing input', {}, 'add', /missing/],
      ['another shape', { add: row(1, 2, 3) }, 'add', /\[3\] and must be \[2\]/],
      [
        'a length that is not its shape',
        { add: { shape: [2], data: Float32Array.of(1) } },
        'add',
        /1 numbers/,
      ],
      ['an input the program does not have', { add: row(1, 2), other: row(1) }, 'other', /no such value/],
      ['NaN', { add: row(1, Number.NaN) }, 'add', /not numbers/],
      ['infinity', { add: row(Number.POSITIVE_INFINITY, 1) }, 'add', /not numbers/],
    ])('refuses %s and loses nothing', async (_name, inputs, name, problem) => {
      const program = await engine.compile(counter, counterSignature);
      program.load({ total: row(1, 2) });
      const error = await errorOf(() => program.run(inputs));
      expect(error.code).toBe('engine-input');
      expect(error.detail).toEqual({ name, problem: expect.stringMatching(problem) });
      expect(await program.read()).toEqual({ total: row(1, 2) });
      await program.run({ add: row(1, 1) });
      expect(await program.read()).toEqual({ total: row(2, 3) });
      await program.dispose();
    });

    it('refuses to load what is not carried, or has another shape or no numbers', async () => {
      const program = await engine.compile(counter, counterSignature);
      for (const values of [{ add: row(1, 2) }, { total: row(1) }, { total: row(1, Number.NaN) }]) {
        expect((await errorOf(() => program.load(values))).code).toBe('engine-input');
      }
      expect(await program.read()).toEqual({ total: row(0, 0) });
      await program.dispose();
    });

    it('hands back a result that is not a number: a diverged loss must be seen', async () => {
      const program = await engine.compile(({ x }) => ({ y: tf.log(x!) }), { inputs: { x: [2] } });
      expect((await program.run({ x: row(0, -1) })).y!.data).toEqual(
        Float32Array.of(Number.NEGATIVE_INFINITY, Number.NaN),
      );
      await program.dispose();
    });

    it('refuses a function that does not give back a carried value, and one with an unknown carried name', async () => {
      const lost = await errorOf(() => engine.compile(({ add }) => ({ twice: add! }), counterSignature));
      expect(lost.code).toBe('engine-trace');
      expect(lost.detail.problem).toMatch(/total is not given back/);
      const reshaped = await errorOf(() =>
        engine.compile(({ add }) => ({ total: tf.sum(add!) }), counterSignature),
      );
      expect(reshaped.detail.problem).toMatch(/total comes back as \[\]/);
      const unknown = await errorOf(() => engine.compile(counter, { ...counterSignature, carried: ['sum'] }));
      expect(unknown.code).toBe('engine-input');
    });
  },
);

describe('a run that fails on the device', () => {
  it('is an error with a code, and leaves carried values as they were', async () => {
    const engine = await openEngine({ engine: 'onnx', threads: 1 });
    const rows = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const fn: TensorFunction = ({ total, index }) => ({
      total: tf.add(total!, 1),
      row: tf.gather(rows, tf.cast(index!, 'int32')),
    });
    const program = await engine.compile(fn, { inputs: { total: [2], index: [1] }, carried: ['total'] });
    await program.run({ index: row(1) });
    const error = await errorOf(() => program.run({ index: row(9) }));
    expect(error.code).toBe('engine-device');
    expect(error.detail).toEqual({
      device: 'cpu',
      problem: expect.stringMatching(/out of.*bounds/),
      problemJa: expect.stringMatching(/out of.*bounds/),
    });
    expect(await program.read()).toEqual({ total: row(1, 1) });
    expect(await program.run({ index: row(0) })).toEqual({
      row: { shape: [1, 2], data: Float32Array.of(1, 2) },
    });
    await program.dispose();
    rows.dispose();
  });
});
