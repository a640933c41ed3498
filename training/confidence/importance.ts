import * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { valueSize } from '../../protocol/shapes.ts';
import type { HostTensor } from '../../protocol/tensors.ts';
import { blockRows, type FrozenModel, type MappedTables, runOnParts } from '../learning/inference.ts';
import type { Table } from '../learning/row-table.ts';
import { decode, decodeExpected } from '../model/autoencoder.ts';
import { sample } from '../model/gaussian.ts';
import { parameter } from '../model/layers.ts';
import { negativeLogLikelihood } from '../model/likelihood.ts';
import { mapLatent, readMeasured } from '../model/mapping.ts';
import { readingModules } from '../model/recipe.ts';
import { fillNormal } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Number of draws of the target's latent that are weighted; more of them order parts no better. */
export const weighed = 8;

/**
 * Effective number of a mapping's draws that explain what the source measured: importance weights w of draws z of the
 * target's latent, each decoded and mapped back, and their effective sample size (Σw)² / Σw². Where all draws explain
 * it about as well the source and the way from it agree; where few outweigh the others nothing like it was learned. A
 * weight is the likelihood p(source | z) of a value, the geometric mean over values: by the product of all values one
 * draw would always outweigh the rest, and nothing could be told apart. Source: importance weights as of Burda, Grosse
 * and Salakhutdinov, arXiv 1509.00519, with the mapping as proposal and prior; effective sample size after Kong, Liu
 * and Wong, 1994, DOI 10.1080/01621459.1994.10476469.
 * @param measured measured values of the source
 * @param mapped the target's latent as mapped from the source
 * @returns 1…{@link weighed}, by part number
 */
export async function effectiveDraws(
  frozen: FrozenModel,
  { target, source }: { readonly target: string; readonly source: string },
  measured: Table,
  { mean, logvar, residual }: MappedTables,
  parts: Uint32Array,
): Promise<Float32Array> {
  const { plan } = frozen;
  const [entry, origin] = [modalityOf(plan, target), modalityOf(plan, source)];
  const decoder = `decoder/${source}` as const;
  const added = residual && { residual };
  const rows = blockRows(64, weighed * Math.max(valueSize(entry), valueSize(origin)));
  const noise = noiseOf(plan, target, source, rows);
  const { effective } = await runOnParts(
    frozen,
    parts,
    { mean, logvar, measured, ...added },
    {
      name: `effective draws ${target}←${source}${added ? ' with residual' : ''}`,
      modules: [
        ...new Set([
          `decoder/${target}` as const,
          ...readingModules(plan, target),
          mappingName(source, target),
          decoder,
        ]),
      ],
      rows,
      inputs: {
        ...{ mean: entry.latent, logvar: entry.latent, measured: valueSize(origin) },
        ...(added && { residual: valueSize(entry) }),
      },
      outputs: { effective: 1 },
      extra: { shapes: { noise: noise.shape }, fill: () => ({ noise }) },
      fn(given) {
        const wide = (name: string) => tf.tile(parameter<tf.Rank.R2>(given, name), [weighed, 1]);
        const drawn = sample({ mean: wide('mean'), logvar: wide('logvar') }, parameter(given, 'noise'));
        const picture = decodeExpected(entry, given, drawn, added && wide('residual'));
        const back = mapLatent(plan, source, target, given, readMeasured(plan, target, given, picture));
        const again = decode(origin, given, back.mean, back.residual);
        const nats = negativeLogLikelihood(origin, wide('measured'), again, given);
        const logarithms = tf.reshape(tf.div(nats, -valueSize(origin)), [weighed, rows]);
        return { effective: tf.reshape(effectiveSize(logarithms as tf.Tensor2D), [rows, 1]) };
      },
    },
  );
  return effective!.data;
}

/**
 * Effective sample size (Σw)² / Σw² over the first axis of weights, given by their logarithms: [draws, batch] →
 * [batch].
 */
function effectiveSize(logarithms: tf.Tensor2D): tf.Tensor1D {
  const weights = tf.exp(tf.sub(logarithms, tf.max(logarithms, 0, true)));
  return tf.div(tf.square(tf.sum(weights, 0)), tf.sum(tf.square(weights), 0));
}

/** Noise of the draws, the same for every part, so that a part's result does not depend on its place among others. */
function noiseOf(plan: Plan, target: string, source: string, rows: number): HostTensor {
  const { latent } = modalityOf(plan, target);
  const data = new Float32Array(weighed * rows * latent);
  const own = new Float32Array(latent);
  for (let draw = 0; draw < weighed; draw++) {
    fillNormal(own, keyOf(plan.training.seed, 'importance', target, source, draw));
    for (let place = 0; place < rows; place++) data.set(own, (draw * rows + place) * latent);
  }
  return { shape: [weighed * rows, latent], data };
}
