import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { openEngine, unroll } from '../../../training/engine/index.ts';
import { parameter } from '../../../training/model/layers.ts';
import { countingEngine } from './flops.ts';

const open = async () => countingEngine(await openEngine({ engine: 'onnx', threads: 1 }));
const filled = (...shape: number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b)).fill(0.1),
});

describe('the count of operations', () => {
  it('takes two for each multiply-add of a matrix product, with every run', async () => {
    const { engine, take } = await open();
    const program = await engine.compile(
      ({ x, w }) => ({ w: w!, y: tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D) }),
      { inputs: { x: [5, 3], w: [3, 7] }, carried: ['w'] },
    );
    program.load({ w: filled(3, 7) });
    await program.run({ x: filled(5, 3) });
    await program.run({ x: filled(5, 3) });
    expect(take()).toEqual({ flop: 2 * 2 * 5 * 3 * 7, parameters: 3 * 7 });
    expect(take()).toEqual({ flop: 0, parameters: 0 });
    await program.dispose();
  });

  it('counts gradients: of a layer whose input is data, as much again as the layer', async () => {
    const { engine, take } = await open();
    const program = await engine.compile(
      ({ x, w }) => {
        const loss = (weight: tf.Tensor) =>
          tf.sum(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D)) as tf.Scalar;
        return { step: tf.grad(loss)(w!) };
      },
      { inputs: { x: [5, 3], w: [3, 7] } },
    );
    await program.run({ x: filled(5, 3), w: filled(3, 7) });
    expect(take().flop).toBeGreaterThanOrEqual(2 * 2 * 5 * 3 * 7);
    await program.dispose();
  });

  it('counts a convolution at every place of its output', async () => {
    const { engine, take } = await open();
    const program = await engine.compile(
      (inputs) => ({
        y: tf.conv2d(parameter<tf.Rank.R4>(inputs, 'x'), parameter<tf.Rank.R4>(inputs, 'k'), 2, 'same'),
      }),
      { inputs: { x: [2, 8, 8, 1], k: [3, 3, 1, 4] } },
    );
    await program.run({ x: filled(2, 8, 8, 1), k: filled(3, 3, 1, 4) });
    expect(take().flop).toBe(2 * (2 * 4 * 4) * (3 * 3 * 4));
    await program.dispose();
  });

  it('counts every step of an unrolled one', async () => {
    const { engine, take } = await open();
    const { fn, signature } = unroll(
      {
        fn: ({ x, w }) => ({ w: tf.mul(w!, 0.5), y: tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D) }),
        signature: { inputs: { x: [5, 3], w: [3, 7] }, carried: ['w'] },
      },
      4,
    );
    const program = await engine.compile(fn, signature);
    program.load({ w: filled(3, 7) });
    await program.run({ x: filled(4, 5, 3) });
    expect(take().flop).toBe(4 * 2 * 5 * 3 * 7);
    await program.dispose();
  });
});
