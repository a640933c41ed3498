import { type Modality, modalityOf } from '../../protocol/plan.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import {
  decodeParts,
  type FrozenModel,
  type MappedTables,
  mapParts,
  mappingInputs,
} from '../learning/inference.ts';
import { row, type Table } from '../learning/table.ts';
import { logvarBounds } from '../model/gaussian.ts';
import { fillNormal } from '../random/draws.ts';
import { type Key, keyOf } from '../random/threefry.ts';

/** Draws of the target's latent that are weighted; more of them order parts no better. */
export const weighed = 8;

/**
 * How many of a mapping's draws explain what the source measured: importance weights w of draws z of the target's latent,
 * each decoded and mapped back, and their effective sample size (Σw)² / Σw². Where all draws explain it about as well the
 * source and the way from it agree; where few outweigh the others nothing like it was learned. A weight is the likelihood
 * p(source | z) of a value, the geometric mean over values: by the product of all values one draw would always outweigh
 * the rest, and nothing could be told apart. Source: importance weights as of Burda, Grosse and Salakhutdinov, arXiv 1509.00519, with the mapping as proposal and
 * prior; effective sample size after Kong, Liu and Wong, 1994, DOI 10.1080/01621459.1994.10476469.
 * @param measured of the source
 * @param mapped what it says of the target's latent
 * @returns 1…{@link weighed}, by part number
 */
export async function effectiveDraws(
  frozen: FrozenModel,
  { target, source }: { readonly target: string; readonly source: string },
  measured: Table,
  mapped: MappedTables,
  parts: Uint32Array,
): Promise<Float64Array> {
  const logLikelihood = likelihoodOf(modalityOf(frozen.plan, source), frozen.modules[`decoder/${source}`]!);
  const weights: Float64Array[] = [];
  for (let draw = 0; draw < weighed; draw++) {
    const latent = drawn(mapped, keyOf(frozen.plan.training.seed, 'importance', target, source, draw));
    const picture = await decodeParts(frozen, target, latent, parts, mapped.residual);
    const read = await mappingInputs(frozen, target, picture, parts);
    const back = await mapParts(frozen, source, target, read, parts);
    const again = await decodeParts(frozen, source, back.mean, parts, back.residual);
    const own = new Float64Array(measured.data.length / measured.width);
    for (const part of parts) own[part] = logLikelihood(row(measured, part), row(again, part));
    weights.push(own);
  }
  return weights[0]!.map((_, part) => effectiveSize(weights.map((own) => own[part]!)));
}

/** (Σw)² / Σw² of weights that are given by their logarithms. */
function effectiveSize(logarithms: readonly number[]): number {
  const most = Math.max(...logarithms);
  let [sum, squares] = [0, 0];
  for (const logarithm of logarithms) {
    const weight = Math.exp(logarithm - most);
    sum += weight;
    squares += weight ** 2;
  }
  return sum ** 2 / squares;
}

/** The same noise for every part, so that what is said of a part does not depend on where it stands. */
function drawn({ mean, logvar }: MappedTables, key: Key): Table {
  const { width } = mean;
  const noise = new Float32Array(width);
  fillNormal(noise, key);
  const data = mean.data.map(
    (value, place) => value + Math.exp(logvar.data[place]! / 2) * noise[place % width]!,
  );
  return { width, data };
}

/** No word is certain. */
const least = 1e-4;

/** log p(measured | expected) a value but for a constant: as the decoder was trained, Bernoulli of words, else Gaussian. */
function likelihoodOf({ kind, name }: Modality, decoder: HostTensors) {
  if (kind === 'text')
    return (measured: Float32Array, expected: Float32Array) =>
      measured.reduce((sum, value, place) => {
        const probability = Math.max(least, Math.min(1 - least, expected[place]!));
        return sum + (value > 0.5 ? Math.log(probability) : Math.log1p(-probability)) / measured.length;
      }, 0);
  const logvar = decoder[`decoder/${name}/logvar`]!.data;
  const [low, high] = logvarBounds;
  const precisions = logvar.map(
    (value) => Math.exp(-Math.max(low, Math.min(high, value))) / 2 / logvar.length,
  );
  return (measured: Float32Array, expected: Float32Array) =>
    measured.reduce(
      (sum, value, place) => sum - precisions[place % precisions.length]! * (value - expected[place]!) ** 2,
      0,
    );
}
