import * as tf from '@tensorflow/tfjs';
import { modalityOf } from '../../protocol/plan.ts';
import { valueSize } from '../../protocol/shapes.ts';
import { blockRows, type FrozenModel, type MappedTables, runOnParts } from '../learning/inference.ts';
import type { Table } from '../learning/row-table.ts';
import { decodeExpected } from '../model/autoencoder.ts';
import { type Gaussian, sample } from '../model/gaussian.ts';
import { parameter } from '../model/layers.ts';
import { measurementVariance } from '../model/likelihood.ts';
import { fillNormal } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Number of draws of a part, wherever reconstructions are made for use, assessed, calibrated or evaluated. */
export const usualDraws = 32;

/** Reconstructions of a modality from a distribution over its latent; rows are part numbers. */
export interface Reconstructed {
  /** Expected measurement at the latent's mean. */
  readonly mean: Table;
  /** Standard deviation of each value, from the uncertainty of the latent and the noise of a measurement. */
  readonly sigma: Table;
  /** Variance of a part over the draws, mean over its values: width 1. */
  readonly spread: Table;
  /** Variance of a part's measurement noise, mean over its values: width 1. */
  readonly noise: Table;
}

/** Decodes the latent's mean and `draws` seeded draws around it, with the same residual for all of them. */
export async function drawReconstructions(
  frozen: FrozenModel,
  modality: string,
  latent: MappedTables,
  parts: Uint32Array,
  draws: number,
): Promise<Reconstructed> {
  const entry = modalityOf(frozen.plan, modality);
  const width = entry.latent;
  const size = valueSize(entry);
  const decoder = `decoder/${modality}` as const;
  const rows = blockRows(64, draws * size);
  const shape = [draws * rows, width];
  const noise = new Float32Array(draws * rows * width);
  const key = keyOf(frozen.plan.training.seed, 'draws', modality);
  const { mean, logvar, residual } = latent;
  const own = residual ? { residual } : undefined;
  const inputs = { mean, logvar, ...own };
  const result = await runOnParts(frozen, parts, inputs, {
    name: `draw ${modality} ${draws}${own ? ' with residual' : ''}`,
    modules: [decoder],
    rows,
    inputs: { mean: width, logvar: width, ...(own && { residual: size }) },
    outputs: { values: size, sigma: size, spread: 1, noise: 1 },
    extra: {
      shapes: { draws: shape },
      fill(first) {
        fillNormal(noise, key, (first / rows) * noise.length);
        return { draws: { shape, data: noise } };
      },
    },
    fn(given) {
      const wide: Gaussian = {
        mean: tf.tile(parameter<tf.Rank.R2>(given, 'mean'), [draws, 1]),
        logvar: tf.tile(parameter<tf.Rank.R2>(given, 'logvar'), [draws, 1]),
      };
      const added = own && parameter<tf.Rank.R2>(given, 'residual');
      const wideAdded = added && tf.tile(added, [draws, 1]);
      const drawn = decodeExpected(entry, given, sample(wide, parameter(given, 'draws')), wideAdded);
      const byDraw = tf.reshape(drawn, [draws, rows, size]);
      const values = decodeExpected(entry, given, parameter(given, 'mean'), added);
      const between = tf.mean(tf.squaredDifference(byDraw, tf.mean(byDraw, 0, true)), 0);
      const within = tf.add(tf.zerosLike(values), measurementVariance(entry, values, given));
      return {
        values,
        sigma: tf.sqrt(tf.add(between, within)),
        spread: tf.mean(between, 1, true),
        noise: tf.mean(within, 1, true),
      };
    },
  });
  return {
    mean: result.values!,
    sigma: result.sigma!,
    spread: result.spread!,
    noise: result.noise!,
  };
}
