import * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { decodeExpected } from './autoencoder.ts';
import { mapOverBridge } from './bridge-draws.ts';
import { fuse } from './fusion.ts';
import type { Weights } from './layers.ts';
import { type Mapped, mapLatent, readMeasured } from './mapping.ts';
import type { ChosenPath, Recipe } from './recipe.ts';

/** Inputs of a recipe for a batch of parts. */
export interface RecipeInputs {
  /** Values of each source: [batch, size]. */
  readonly values: Readonly<Record<string, tf.Tensor2D>>;
  /** Draws of each source that leads over a composed bridge, see `bridgeNoise`. */
  readonly noise: Readonly<Record<string, tf.Tensor2D>>;
}

/**
 * Reconstruction from the measured values as one function, through which a gradient passes: mappings, residuals, fusion
 * and decoder are the functions that tables of parts go through one by one.
 * @returns [batch, size of the target], the expected measurement
 */
export function reconstructFrom(
  plan: Plan,
  { target, paths }: Recipe,
  weights: Weights,
  measurements: RecipeInputs,
): tf.Tensor2D {
  const entry = modalityOf(plan, target);
  const decoded = ({ mean, residual }: Pick<Mapped, 'mean' | 'residual'>) =>
    decodeExpected(entry, weights, mean, residual);
  const estimates = paths.map((path) => estimate(plan, target, path, weights, measurements));
  if (estimates.length === 1) return decoded(estimates[0]!);
  const present = tf.ones([estimates[0]!.mean.shape[0], 1]) as tf.Tensor2D;
  return decoded(
    fuse(
      estimates.map((one) => ({ ...one, present })),
      plan.research.errorCorrelation,
    ),
  );
}

/** Estimate of the target's latent by one source; the gradient passes through its variance head too. */
function estimate(
  plan: Plan,
  target: string,
  { source, through }: ChosenPath,
  weights: Weights,
  { values, noise }: RecipeInputs,
): Mapped {
  const input = readMeasured(plan, source, weights, values[source]!);
  const attached = (hidden: tf.Tensor2D) => hidden;
  return through === undefined
    ? mapLatent(plan, target, source, weights, input, attached)
    : mapOverBridge(plan, [target, through, source], weights, input, noise[source]!, attached);
}
