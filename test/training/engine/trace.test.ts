import * as tf from '@tensorflow/tfjs';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { openEngine, type TensorFunction } from '../../../training/engine/index.ts';
import { encodeModel } from '../../../training/engine/onnx/protobuf.ts';
import { trace } from '../../../training/engine/onnx/trace.ts';
import { unroll } from '../../../training/engine/unroll.ts';
import { denseVae } from './vae.ts';

const oneInput = { inputs: { x: [2, 3] } };

describe('tracing', () => {
  it.each([
    ['dataSync', (x: tf.Tensor) => tf.scalar(x.dataSync()[0]!)],
    ['arraySync', (x: tf.Tensor) => tf.tensor(x.arraySync())],
    ['a read of a computed value', (x: tf.Tensor) => tf.scalar(tf.sum(x).dataSync()[0]!)],
  ])('refuses %s, which is not known before the graph runs', (_, read) => {
    expect(() => trace(({ x }) => ({ y: read(x!) }), oneInput)).toThrowError(
      expect.objectContaining({
        code: 'engine-trace',
        detail: { problem: expect.stringMatching(/reads a value/) },
      }),
    );
  });

  it('lets a function read its own constants', () => {
    const fn: TensorFunction = ({ x }) => ({ y: tf.mul(x!, tf.range(1, 4).dataSync().length) });
    expect(() =>
      trace(({ x }) => ({ y: tf.mul(x!, tf.tensor1d([1, 2]).dataSync()[1]!) }), oneInput),
    ).not.toThrow();
    expect(fn).toBeTypeOf('function');
  });

  it('names the kernel it has no rule for', () => {
    expect(() => trace(({ x }) => ({ y: tf.cumsum(x!, 1) }), oneInput)).toThrowError(
      expect.objectContaining({
        code: 'engine-kernel',
        detail: expect.objectContaining({ kernel: 'Cumsum' }),
      }),
    );
  });

  it('names the kernel whose form it does not cover', () => {
    const fn: TensorFunction = ({ x }) => ({
      y: tf.image.resizeNearestNeighbor(tf.reshape(x!, [1, 2, 3, 1]) as tf.Tensor4D, [3, 4]),
    });
    expect(() => trace(fn, oneInput)).toThrowError(
      expect.objectContaining({
        code: 'engine-kernel',
        detail: { kernel: 'ResizeNearestNeighbor', problem: expect.stringMatching(/whole factors/) },
      }),
    );
  });

  it('refuses an output that is not float32', () => {
    expect(() => trace(({ x }) => ({ y: tf.greater(x!, 0) }), oneInput)).toThrowError(
      expect.objectContaining({ code: 'engine-trace', detail: { problem: 'output y is bool, not float32' } }),
    );
  });

  it('refuses a tensor that another function left behind', () => {
    let kept: tf.Tensor | undefined;
    trace(({ x }) => {
      kept = tf.keep(tf.add(x!, 1));
      return { y: kept };
    }, oneInput);
    expect(() => trace(({ x }) => ({ y: tf.add(x!, kept!) }), oneInput)).toThrowError(
      /after its function returned/,
    );
    kept?.dispose();
  });

  it('recovers after a refused function', async () => {
    expect(() => trace(({ x }) => ({ y: tf.tensor(x!.arraySync()) }), oneInput)).toThrow();
    expect(tf.getBackend()).toBe('cpu');
    await expect(
      InferenceSession.create(encodeModel(trace(({ x }) => ({ y: tf.add(x!, 1) }), oneInput).graph)),
    ).resolves.toBeDefined();
  });

  it('keeps inputs apart from its own names, whatever they are called', async () => {
    const engine = await openEngine({ engine: 'onnx' });
    const names = ['v0', 'v1', 'c0', 'in:c0', '', 'encoder/camera←gauge/kernel'];
    const fn: TensorFunction = (inputs) =>
      Object.fromEntries(names.map((name, index) => [name, tf.add(inputs[name]!, index)]));
    const program = await engine.compile(fn, {
      inputs: Object.fromEntries(names.map((name) => [name, [1]])),
    });
    const inputs = Object.fromEntries(names.map((name) => [name, { shape: [1], data: Float32Array.of(10) }]));
    const results = await program.run(inputs);
    expect(names.map((name) => results[name]!.data[0])).toEqual(names.map((_, index) => 10 + index));
  });

  it('writes a large constant of one number, and equal constants, once', () => {
    const size = (fn: TensorFunction) => encodeModel(trace(fn, { inputs: { x: [1000, 1000] } }).graph).length;
    expect(
      size(({ x }) => ({ y: tf.add(x!, tf.ones([1000, 1000])), z: tf.fill([1000, 1000], 2) })),
    ).toBeLessThan(500);
    const table = () =>
      tf.tensor2d(
        Float32Array.from({ length: 1000 }, (_, index) => index),
        [1, 1000],
      );
    const once = size(({ x }) => ({ y: tf.add(x!, table()) }));
    const thrice = size(({ x }) => ({ y: tf.add(tf.add(tf.add(x!, table()), table()), table()) }));
    expect(thrice - once).toBeLessThan(200);
  });

  it('writes a training step in a small file', () => {
    const { step, signature } = denseVae({ pixels: 784, hidden: 256, latent: 16, batch: 64 });
    expect(encodeModel(trace(step, signature).graph).length).toBeLessThan(60_000);
  });
});

describe('unrolled steps', () => {
  const fn: TensorFunction = ({ total, add }) => ({
    total: tf.add(tf.mul(total!, 2), add!),
    seen: tf.sum(total!),
  });
  const step = { fn, signature: { inputs: { total: [2], add: [2] }, carried: ['total'] } };
  const three = unroll(step, 3);
  const { repeats: _, ...longSignature } = three.signature;

  it.each([
    ['onnx', 'as repeated steps', three.signature],
    ['onnx', 'as one graph', longSignature],
    ['reference', 'as repeated steps', three.signature],
    ['reference', 'as one function', longSignature],
  ] as const)('give on %s, %s, what the steps give one after the other', async (name, _form, signature) => {
    const engine = await openEngine({ engine: name });
    const one = await engine.compile(step.fn, step.signature);
    const adds = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const seen: number[] = [];
    for (const add of adds) {
      seen.push((await one.run({ add: { shape: [2], data: Float32Array.from(add) } })).seen!.data[0]!);
    }
    expect(signature.inputs).toEqual({ total: [2], add: [3, 2] });
    const all = await engine.compile(three.fn, signature);
    expect(all.outputs).toEqual({ total: [2], seen: [3] });
    const add = { shape: [3, 2], data: Float32Array.from(adds.flat()) };
    expect(await all.run({ add })).toEqual({ seen: { shape: [3], data: Float32Array.from(seen) } });
    expect(await all.read()).toEqual(await one.read());
    await Promise.all([one.dispose(), all.dispose()]);
  });

  it('run none where the input of one is refused', async () => {
    const engine = await openEngine({ engine: 'onnx' });
    const all = await engine.compile(three.fn, three.signature);
    const add = { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, Number.NaN, 6) };
    await expect(all.run({ add })).rejects.toMatchObject({ code: 'engine-input', detail: { name: 'add' } });
    expect(await all.read()).toEqual({ total: { shape: [2], data: Float32Array.of(0, 0) } });
    await all.dispose();
  });
});
