import * as tf from '@tensorflow/tfjs';
import type { Shapes } from '../../protocol/shapes.ts';
import type { Signature, TensorFunction } from '../engine/types.ts';
import type { Weights } from '../model/layers.ts';
import { adamStep, momentShapes } from './adam.ts';

/** A loss to descend: what it reads, and its terms. */
export interface Objective {
  /** Parameters that are trained. */
  readonly trained: Shapes;
  /** Parameters that are only read. */
  readonly frozen: Shapes;
  /** What changes with every batch: values, noise, and `weight` [batch], the share of each part. */
  readonly batch: Shapes;
  /** Names of the terms, in order. */
  readonly terms: readonly string[];
  /** The terms as scalars, in the order of `terms`, each a sum over the parts weighted by `weight`. */
  loss(weights: Weights, batch: Weights): tf.Scalar[];
}

/** Name of the `step`-th batch's input `name`. */
export function batchInput(step: number, name: string): string {
  return `batch${step}/${name}`;
}

/**
 * `steps` consecutive Adam steps as one function, so that weights and moments stay inside the engine in
 * between. Beside the batches its inputs are `rate` [steps] (see `adamRate`) and `factors` [terms], the
 * weight of each term in the total; its output is `losses` [steps, terms], unweighted.
 */
export function trainingProgram(
  objective: Objective,
  steps: number,
): { fn: TensorFunction; signature: Signature } {
  const { trained, frozen, batch, terms } = objective;
  const carried: Shapes = { ...trained, ...momentShapes(trained), ...frozen };
  const batches = Array.from({ length: steps }, (_, step) =>
    Object.entries(batch).map(([name, shape]) => [batchInput(step, name), shape] as const),
  );
  return {
    signature: {
      inputs: { ...carried, ...Object.fromEntries(batches.flat()), rate: [steps], factors: [terms.length] },
      carried: Object.keys(carried),
    },
    fn(inputs) {
      const { factors, rate } = inputs as { factors: tf.Tensor1D; rate: tf.Tensor1D };
      let values: Weights = Object.fromEntries(Object.keys(carried).map((name) => [name, inputs[name]!]));
      const losses: tf.Tensor[] = [];
      for (let step = 0; step < steps; step++) {
        const batchEntries = Object.keys(batch).map((name) => [name, inputs[batchInput(step, name)]!]);
        const { value, gradients } = descend(objective, values, Object.fromEntries(batchEntries), factors);
        const stepRate = tf.reshape(tf.slice(rate, step, 1), []);
        values = { ...values, ...adamStep(values, gradients, stepRate) };
        losses.push(value);
      }
      return { ...values, losses: tf.stack(losses) };
    },
  };
}

/**
 * The terms and the gradient of their weighted sum. The terms form one vector whose incoming gradient is
 * the vector of factors, which gives both in one pass.
 */
function descend(
  { trained, loss }: Objective,
  values: Weights,
  batch: Weights,
  factors: tf.Tensor1D,
): { value: tf.Tensor; gradients: Weights } {
  const names = Object.keys(trained);
  const gradient = tf.valueAndGrads((...parameters: tf.Tensor[]) => {
    const moving = Object.fromEntries(names.map((name, index) => [name, parameters[index]!]));
    return tf.stack(loss({ ...values, ...moving }, batch));
  });
  const { value, grads } = gradient(
    names.map((name) => values[name]!),
    factors,
  );
  return { value, gradients: Object.fromEntries(names.map((name, index) => [name, grads[index]!])) };
}
