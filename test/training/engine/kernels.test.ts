import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { openEngine } from '../../../training/engine/index.ts';
import { kernelTable } from '../../../training/engine/onnx/kernels/index.ts';
import type { Signature, TensorFunction } from '../../../training/engine/types.ts';
import { type KernelCase, kernelCases } from './kernel-cases.ts';
import { relativeDistance, seededRandom, uniform } from './seeded.ts';

const onnx = await openEngine({ engine: 'onnx', threads: 1 });
const reference = await openEngine({ engine: 'reference' });
afterAll(async () => {
  await onnx.dispose();
  await reference.dispose();
});

/** The case's outputs, and the gradient of their sum under fixed weights with respect to every operand. */
function withGradients(kernelCase: KernelCase, names: readonly string[]): TensorFunction {
  return (inputs) => {
    const operands = names.map((name) => inputs[name]!);
    const outputs = [kernelCase.run(...operands)].flat();
    const named = Object.fromEntries(outputs.map((output, index) => [`value${index}`, output]));
    if (kernelCase.gradient === false) return named;
    const score = (...given: tf.Tensor[]) =>
      tf.addN(
        [kernelCase.run(...given)].flat().map((output) => tf.sum(tf.mul(output, weights(output.shape)))),
      );
    const gradients = tf.grads(score as (...given: tf.Tensor[]) => tf.Tensor)(operands);
    return {
      ...named,
      ...Object.fromEntries(gradients.map((gradient, index) => [`gradient${index}`, gradient])),
    };
  };
}

/** Fixed, uneven weights, so that no two values of an output count the same. */
function weights(shape: readonly number[]): tf.Tensor {
  const { data } = uniform(seededRandom(7), shape);
  return tf.tensor(data, [...shape]);
}

async function outputsOf(engine: typeof onnx, fn: TensorFunction, signature: Signature, inputs: HostTensors) {
  const program = await engine.compile(fn, signature);
  try {
    return await program.run(inputs);
  } finally {
    await program.dispose();
  }
}

describe('every kernel of the trace table', () => {
  it('has a case', () => {
    expect(Object.keys(kernelCases).sort()).toEqual(Object.keys(kernelTable).sort());
  });

  const cases = Object.entries(kernelCases).flatMap(([kernel, forms]) =>
    forms.map(
      (form, index) => [forms.length === 1 ? kernel : `${kernel}, form ${index + 1}`, kernel, form] as const,
    ),
  );

  it.each(cases)('%s gives the values and gradients of the reference', async (_, kernel, form) => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const size = () => 1 + Math.floor(random() * 4);
      const shapes = form.shapes(size(), size(), size());
      const names = shapes.map((_shape, index) => `operand${index}`);
      const signature: Signature = {
        inputs: Object.fromEntries(names.map((name, index) => [name, shapes[index]!])),
      };
      const inputs = Object.fromEntries(
        names.map((name, index) => [name, uniform(random, shapes[index]!, ...(form.range ?? []))]),
      );
      const fn = withGradients(form, names);
      const expected = await outputsOf(reference, fn, signature, inputs);
      const actual = await outputsOf(onnx, fn, signature, inputs);

      expect(Object.keys(actual)).toEqual(Object.keys(expected));
      for (const [name, { shape, data }] of Object.entries(expected)) {
        expect(actual[name]!.shape, `shape of ${name}, seed ${seed}`).toEqual(shape);
        expect(relativeDistance(actual[name]!.data, data), `${name}, seed ${seed}`).toBeLessThan(2e-5);
      }
      if (seed === 1) expect(await kernelsOf(fn, signature)).toContain(kernel);
    }
  });
});

/** The kernels a function runs, by TensorFlow.js's own account. */
async function kernelsOf(fn: TensorFunction, signature: Signature): Promise<string[]> {
  await tf.setBackend('cpu');
  const { kernelNames } = await tf.profile(() =>
    tf.tidy(() =>
      Object.values(
        fn(
          Object.fromEntries(
            Object.entries(signature.inputs).map(([name, shape]) => [name, tf.ones([...shape])]),
          ),
        ),
      ),
    ),
  );
  return kernelNames;
}
