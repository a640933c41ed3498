import * as tf from '@tensorflow/tfjs';
import type { Shapes } from '../../protocol/shapes.ts';
import type { Step } from '../engine/unroll.ts';
import type { Weights } from '../model/layers.ts';
import { adamStep, momentShapes } from './adam.ts';

/** Objective: a loss to descend, with its inputs and terms. */
export interface Objective {
  /** Parameters that are trained. */
  readonly trained: Shapes;
  /** Parameters that are only read. */
  readonly frozen: Shapes;
  /** Inputs that change with every batch: values, noise, and `weight` [batch], the share of each part. */
  readonly batch: Shapes;
  /** Names of the terms, in order. */
  readonly terms: readonly string[];
  /** Values of the terms as scalars, in the order of `terms`, each a sum over the parts weighted by `weight`. */
  loss(weights: Weights, batch: Weights): tf.Scalar[];
}

/**
 * Training step: one Adam step. Parameters and moments are carried; beside the batch it takes `rate`, a scalar (see
 * `adamRate`), and `factors` [terms], the weight of each term in the total; it gives `losses` [terms], unweighted.
 */
export function trainingStep(objective: Objective): Step {
  const { trained, frozen, batch, terms } = objective;
  const carried: Shapes = { ...trained, ...momentShapes(trained), ...frozen };
  return {
    signature: {
      inputs: { ...carried, ...batch, rate: [], factors: [terms.length] },
      carried: Object.keys(carried),
    },
    fn(inputs) {
      const { losses, gradients } = descend(objective, inputs);
      const kept = Object.fromEntries(Object.keys(frozen).map((name) => [name, inputs[name]!]));
      return { ...kept, ...adamStep(inputs, gradients, inputs.rate!), losses };
    },
  };
}

/**
 * Values of the terms and the gradient of their weighted sum. The terms form one vector whose incoming gradient is the
 * vector of factors, which gives both in one pass.
 */
function descend(
  { trained, loss }: Objective,
  inputs: Weights,
): { losses: tf.Tensor; gradients: Record<string, tf.Tensor> } {
  const names = Object.keys(trained);
  const gradient = tf.valueAndGrads((...parameters: tf.Tensor[]) => {
    const moving = Object.fromEntries(names.map((name, index) => [name, parameters[index]!]));
    return tf.stack(loss({ ...inputs, ...moving }, inputs));
  });
  const { value, grads } = gradient(
    names.map((name) => inputs[name]!),
    inputs.factors,
  );
  return { losses: value, gradients: Object.fromEntries(names.map((name, index) => [name, grads[index]!])) };
}
