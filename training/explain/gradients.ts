import * as tf from '@tensorflow/tfjs';
import { modalityOf } from '../../protocol/plan.ts';
import { valueSize } from '../../protocol/shapes.ts';
import { parameter } from '../model/layers.ts';
import type { Inputs } from './baseline.ts';
import { reconstructFrom } from './forward.ts';
import type { Recipe, Subject } from './recipe.ts';
import { batchOf, recipeProgram, valueBlock, valueShapes, valueTensors } from './run.ts';

/** Steps of the path from baseline to part. */
const pathSteps = 32;
/**
 * The steps are even in u with α = u³, which puts more of them near the baseline: there a mapping's layer normalisation
 * turns fastest, because an empty note has hardly anything to normalise. Measured on notes, the residue of 32 steps
 * falls from .11 to .03 of the difference; on the gauge it is under .01.
 */
const pathPower = 3;

/**
 * Integrated gradients of Σᵢ directionᵢ·x̂ᵢ, a linear measure of the reconstruction x̂, with respect to every value of
 * every source: (x − x′)·∫₀¹ ∂F(x′ + α(x − x′))/∂x dα. They sum to F(x) − F(x′). The path's steps are one batch, so all
 * gradients come from one run; the integral is taken by the midpoint rule.
 * Source: Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", arXiv 1703.01365, equation 3.
 * @param from the baseline x′
 * @param direction a weight for every value of the target
 */
export async function integratedGradients(
  subject: Subject,
  recipe: Recipe,
  part: number,
  at: Inputs,
  from: Inputs,
  direction: Float32Array,
): Promise<Record<string, Float32Array>> {
  const { plan } = subject;
  const sources = recipe.routes.map(({ source }) => source);
  const size = valueSize(modalityOf(plan, recipe.target));
  const batch = batchOf(plan, recipe, pathSteps);
  const program = await recipeProgram(subject, recipe, part, {
    name: `gradient ${batch}`,
    inputs: { ...valueShapes(plan, recipe, batch), lengths: [batch, 1], direction: [1, size] },
    fn(given) {
      const values = valueTensors(recipe, given);
      const measure = (...points: tf.Tensor[]) => {
        const moved = Object.fromEntries(
          sources.map((source, index) => [source, points[index] as tf.Tensor2D]),
        );
        const reconstructed = reconstructFrom(plan, recipe, given, moved);
        const weighted = tf.mul(reconstructed, parameter(given, 'direction'));
        return tf.sum(tf.mul(weighted, parameter(given, 'lengths'))) as tf.Scalar;
      };
      const gradients = tf.grads(measure)(sources.map((source) => values[source]!));
      return Object.fromEntries(
        sources.map((source, index) => [source, tf.sum(gradients[index] as tf.Tensor2D, 0)]),
      );
    },
  });
  const sums = Object.fromEntries(sources.map((source) => [source, new Float32Array(at[source]!.length)]));
  for (let first = 0; first < pathSteps; first += batch) {
    subject.signal.throwIfAborted();
    const steps = Array.from({ length: batch }, (_, index) => (first + index + 0.5) / pathSteps);
    const points = steps.map((step) => between(from, at, step ** pathPower));
    const lengths = steps.map((step) => (pathPower * step ** (pathPower - 1)) / pathSteps);
    const gradients = await program.run({
      ...valueBlock(plan, recipe, points, batch),
      lengths: { shape: [batch, 1], data: Float32Array.from(lengths) },
      direction: { shape: [1, size], data: direction },
    });
    for (const source of sources)
      for (const [place, value] of gradients[source]!.data.entries()) sums[source]![place]! += value;
  }
  return Object.fromEntries(
    sources.map((source) => [
      source,
      sums[source]!.map((sum, place) => (at[source]![place]! - from[source]![place]!) * sum),
    ]),
  );
}

function between(from: Inputs, to: Inputs, step: number): Inputs {
  return Object.fromEntries(
    Object.entries(to).map(([source, values]) => [
      source,
      values.map((value, place) => from[source]![place]! + step * (value - from[source]![place]!)),
    ]),
  );
}
