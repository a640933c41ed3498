import * as tf from '@tensorflow/tfjs';
import type { Shapes } from '../../protocol/shapes.ts';
import type { Weights } from '../model/layers.ts';

const decay = { first: 0.9, second: 0.999 } as const;
const epsilon = 1e-8;

type Moment = keyof typeof decay;

/** Name of a parameter's moment in a program, a checkpoint and the state folder. */
export function momentName(moment: Moment, parameter: string): string {
  return `adam/${moment}/${parameter}`;
}

/** Names and shapes of the moments of `trained`. */
export function momentShapes(trained: Shapes): Shapes {
  const entries = Object.entries(trained).flatMap(([name, shape]) => [
    [momentName('first', name), shape] as const,
    [momentName('second', name), shape] as const,
  ]);
  return Object.fromEntries(entries);
}

/**
 * The step size that puts both bias corrections into one number: α·√(1 − β₂ᵗ) / (1 − β₁ᵗ) for the t-th step,
 * counted from 1. Source: Kingma and Ba, arXiv 1412.6980, end of section 2.
 */
export function adamRate(learningRate: number, step: number): number {
  return (learningRate * Math.sqrt(1 - decay.second ** step)) / (1 - decay.first ** step);
}

/**
 * One Adam step as a pure function.
 * @param values parameters and their moments by name
 * @param gradients by parameter name
 * @param rate scalar, from {@link adamRate}
 * @returns the new values of the parameters that have a gradient and of their moments
 */
export function adamStep(values: Weights, gradients: Weights, rate: tf.Tensor): Record<string, tf.Tensor> {
  const stepped: Record<string, tf.Tensor> = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const first = blend(values[momentName('first', name)]!, gradient, decay.first);
    const second = blend(values[momentName('second', name)]!, tf.square(gradient), decay.second);
    const direction = tf.div(first, tf.add(tf.sqrt(second), epsilon));
    stepped[momentName('first', name)] = first;
    stepped[momentName('second', name)] = second;
    stepped[name] = tf.sub(values[name]!, tf.mul(direction, rate));
  }
  return stepped;
}

function blend(old: tf.Tensor, now: tf.Tensor, keep: number): tf.Tensor {
  return tf.add(tf.mul(old, keep), tf.mul(now, 1 - keep));
}
