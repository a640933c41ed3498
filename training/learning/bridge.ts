import { modalityOf } from '../../protocol/plan.ts';
import { fillNormal } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';
import { decodeParts, encodeParts, type Frozen, mapParts } from './inference.ts';
import { emptyTable, type Table } from './table.ts';

/** Draws from what a source says of the modality in the middle. */
const draws = 8;

/**
 * A bridge: T(target←through) after T(through←source), for a pair that no plant holds. Seeded draws from the first
 * mapping's Gaussian go through the second, as latents or, where mappings read features, decoded and encoded anew.
 * By the law of total variance the result's variance is the mean of the second mapping's variances and the
 * variance of its means, so what the first leaves open is not lost.
 * @param input what mappings read of `source`
 */
export async function bridgeParts(
  frozen: Frozen,
  [target, through, source]: readonly [target: string, through: string, source: string],
  input: Table,
  parts: Uint32Array,
): Promise<{ mean: Table; logvar: Table }> {
  const middle = await mapParts(frozen, through, source, input, parts);
  const rows = middle.mean.data.length / middle.mean.width;
  const { latent } = modalityOf(frozen.plan, target);
  const [mean, squares, logvar] = [0, 1, 2].map(() => emptyTable(rows, latent)) as [Table, Table, Table];
  const noise = new Float32Array(middle.mean.data.length);
  const key = keyOf(frozen.plan.training.seed, 'bridge', target, through, source);
  for (let draw = 0; draw < draws; draw++) {
    fillNormal(noise, key, draw * (noise.length + (noise.length % 2)));
    const drawn: Table = {
      data: noise.map((value, place) => middle.mean.data[place]! + deviation(middle.logvar, place) * value),
      width: middle.mean.width,
    };
    const far = await mapParts(frozen, target, through, await reencode(frozen, through, drawn, parts), parts);
    for (const [place, value] of far.mean.data.entries()) {
      mean.data[place]! += value / draws;
      squares.data[place]! += (value ** 2 + deviation(far.logvar, place) ** 2) / draws;
    }
  }
  for (const part of parts)
    for (let place = part * latent; place < (part + 1) * latent; place++)
      logvar.data[place] = Math.log(Math.max(squares.data[place]! - mean.data[place]! ** 2, 1e-8));
  return { mean, logvar };
}

/** What mappings read of a modality, from its latent alone. */
async function reencode(frozen: Frozen, modality: string, latent: Table, parts: Uint32Array): Promise<Table> {
  if (frozen.plan.mapping.input === 'latent') return latent;
  const values = await decodeParts(frozen, modality, latent, parts);
  return (await encodeParts(frozen, modality, values, parts)).input;
}

function deviation({ data }: Table, place: number): number {
  return Math.exp(data[place]! / 2);
}
