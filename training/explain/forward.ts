import * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputOf } from '../../protocol/shapes.ts';
import { bridgeDraws } from '../learning/bridge.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { sample } from '../model/gaussian.ts';
import { kinds } from '../model/kinds/table.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { type Mapped, mapLatent, mappingInput, mappingInputAt } from '../model/mapping.ts';
import { fuseTensors } from './fusion.ts';
import type { ChosenPath, Recipe } from './recipe.ts';

/** Names of a program's inputs that are no weights. */
export const inputNames = {
  values: (source: string) => `values/${source}`,
  /** Draws of a composed bridge: [bridgeDraws, latent of the modality in the middle], the same for every row. */
  draws: (source: string) => `draws/${source}`,
} as const;

/**
 * The way from what was measured to the reconstruction as one function: what `reconstruct` does step by step for a
 * table of parts, here for a batch, so that a gradient passes through mappings, residuals, fusion and decoder alike.
 * @param values [batch, size] of each source
 * @returns [batch, size of the target], the expected measurement
 */
export function reconstructFrom(
  plan: Plan,
  { target, paths: routes }: Recipe,
  given: Weights,
  values: Readonly<Record<string, tf.Tensor2D>>,
): tf.Tensor2D {
  const entry = modalityOf(plan, target);
  const decoded = (mapped: Pick<Mapped, 'mean' | 'residual'>) =>
    kinds[entry.kind].mean(decode(entry, given, mapped.mean, mapped.residual));
  const estimates = routes.map((route) => estimate(plan, target, route, given, values[route.source]!));
  const { fusion } = plan.reconstruction;
  if (estimates.length === 1) return decoded(estimates[0]!);
  if (fusion !== 'mixture') return decoded(fuseTensors(estimates, fusion));
  return tf.div(tf.addN(estimates.map(decoded)), estimates.length);
}

const attached = (hidden: tf.Tensor2D) => hidden;

/** What one source says of the target. */
function estimate(
  plan: Plan,
  target: string,
  { source, through }: ChosenPath,
  given: Weights,
  values: tf.Tensor2D,
): Mapped {
  const entry = modalityOf(plan, source);
  const read =
    mappingInputOf(plan, entry) === 'measurement'
      ? values
      : mappingInput(plan, source, values, encode(entry, given, values));
  if (through === undefined) return mapLatent(plan, target, source, given, read, attached);
  return overBridge(plan, [target, through, source], given, read);
}

/** As `bridgeParts`: draws from the first mapping's Gaussian go through the second. */
function overBridge(
  plan: Plan,
  [target, through, source]: readonly [string, string, string],
  given: Weights,
  input: tf.Tensor2D,
): Mapped {
  const rows = input.shape[0];
  const middle = mapLatent(plan, through, source, given, input, attached);
  const wide = <T extends tf.Tensor2D>(tensor: T) => tf.tile(tensor, [bridgeDraws, 1]);
  const { latent } = modalityOf(plan, through);
  const drawn = parameter<tf.Rank.R2>(given, inputNames.draws(source));
  const noise = tf.reshape(tf.tile(tf.expandDims(drawn, 1), [1, rows, 1]), [bridgeDraws * rows, latent]);
  const latents = sample({ mean: wide(middle.mean), logvar: wide(middle.logvar) }, noise as tf.Tensor2D);
  const again = mappingInputAt(plan, through, given, latents, middle.residual && wide(middle.residual));
  const far = mapLatent(plan, target, through, given, again, attached);
  const overDraws = (tensor: tf.Tensor2D): tf.Tensor2D =>
    tf.mean(tf.reshape(tensor, [bridgeDraws, rows, tensor.shape[1]]), 0);
  const mean = overDraws(far.mean);
  const squares = overDraws(tf.add(tf.square(far.mean), tf.exp(far.logvar)));
  return {
    mean,
    logvar: tf.log(tf.maximum(tf.sub(squares, tf.square(mean)), 1e-8)),
    residual: far.residual && overDraws(far.residual),
  };
}
