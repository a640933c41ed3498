import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { hasResidual, valueSize } from '../../protocol/shapes.ts';
import { fillNormal } from '../random/draws.ts';
import { type Key, keyOf } from '../random/threefry.ts';
import { decodeParts, type FrozenModel, type MappedTables, mapParts, mappingInputs } from './inference.ts';
import { emptyTable, type Table } from './table.ts';

/** Draws from what a source says of the modality in the middle. */
export const bridgeDraws = 8;

/** The stream that a bridge's draws come from, and where the draws number `draw` for `values` values begin in it. */
export function bridgeStream(
  plan: Plan,
  [target, through, source]: readonly [target: string, through: string, source: string],
): { readonly key: Key; start(draw: number, values: number): number } {
  return {
    key: keyOf(plan.training.seed, 'bridge', target, through, source),
    start: (draw, values) => draw * (values + (values % 2)),
  };
}

/**
 * A bridge: T(target←through) after T(through←source), for a pair that no plant holds. Seeded draws from the first
 * mapping's Gaussian go through the second, as latents or, where mappings read anything else, decoded and encoded
 * anew. The second mapping's residual is the mean over the draws.
 * By the law of total variance the result's variance is the mean of the second mapping's variances and the
 * variance of its means, so what the first leaves open is not lost.
 * @param input what mappings read of `source`
 */
export async function bridgeParts(
  frozen: FrozenModel,
  [target, through, source]: readonly [target: string, through: string, source: string],
  input: Table,
  parts: Uint32Array,
): Promise<MappedTables> {
  const { plan } = frozen;
  const middle = await mapParts(frozen, through, source, input, parts);
  const rows = middle.mean.data.length / middle.mean.width;
  const modality = modalityOf(plan, target);
  const { latent } = modality;
  const residual = hasResidual(plan, modality) ? emptyTable(rows, valueSize(modality)) : undefined;
  const [mean, squares, logvar] = [0, 1, 2].map(() => emptyTable(rows, latent)) as [Table, Table, Table];
  const noise = new Float32Array(middle.mean.data.length);
  const { key, start } = bridgeStream(plan, [target, through, source]);
  for (let draw = 0; draw < bridgeDraws; draw++) {
    fillNormal(noise, key, start(draw, noise.length));
    const drawn = {
      data: noise.map((value, place) => middle.mean.data[place]! + deviation(middle.logvar, place) * value),
      width: middle.mean.width,
    };
    const reencoded = await reencode(frozen, through, drawn, middle.residual, parts);
    const far = await mapParts(frozen, target, through, reencoded, parts);
    for (const [place, value] of far.mean.data.entries()) {
      mean.data[place]! += value / bridgeDraws;
      squares.data[place]! += (value ** 2 + deviation(far.logvar, place) ** 2) / bridgeDraws;
    }
    for (const [place, value] of far.residual?.data.entries() ?? [])
      residual!.data[place]! += value / bridgeDraws;
  }
  for (const part of parts)
    for (let place = part * latent; place < (part + 1) * latent; place++)
      logvar.data[place] = Math.log(Math.max(squares.data[place]! - mean.data[place]! ** 2, 1e-8));
  return { mean, logvar, residual };
}

/** What mappings read of a modality, from what another mapping says of it. */
async function reencode(
  frozen: FrozenModel,
  modality: string,
  latent: Table,
  residual: Table | undefined,
  parts: Uint32Array,
): Promise<Table> {
  if (frozen.plan.mapping.input === 'latent') return latent;
  const values = await decodeParts(frozen, modality, latent, parts, residual);
  return mappingInputs(frozen, modality, values, parts);
}

function deviation({ data }: Table, place: number): number {
  return Math.exp(data[place]! / 2);
}
