import type { Route } from '../../protocol/calibration/routes.ts';
import { channelsOf } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { type Dataset, partsWith, selectParts } from '../learning/datasets.ts';
import type { FrozenModel } from '../learning/inference.ts';
import { row } from '../learning/row-table.ts';
import { spread } from '../measures/spread.ts';
import { type ReconstructionOptions, reconstruct } from '../reconstruction/reconstruct.ts';
import { featuresOf } from './features.ts';
import type { Observed } from './passes.ts';

/**
 * Hides a route's target in the parts that have it beside all the sources, reconstructs it from these alone and
 * compares.
 * @param options those with which reconstructions are made for use
 * @param most largest number of parts, evenly spread; more of them add little
 */
export async function observe(
  frozen: FrozenModel,
  dataset: Dataset,
  { target, sources }: Route,
  options: Pick<ReconstructionOptions, 'draws' | 'fetched' | 'learned'>,
  most: number,
): Promise<Observed> {
  const all = partsWith(dataset, target, ...sources);
  const chosen = selectParts(dataset, Uint32Array.from(spread(all, most)));
  const parts = Uint32Array.from({ length: chosen.count }, (_, part) => part);
  const hidden: Dataset = {
    count: chosen.count,
    modalities: Object.fromEntries(sources.map((source) => [source, chosen.modalities[source]!])),
  };
  const results = await reconstruct(frozen, hidden, {
    ...options,
    ...{ includeMeasured: false, targets: [target], progress: () => {} },
  });
  const { mean, sigma } = results[target]!;
  const features = await featuresOf(frozen, hidden, { target, sources, parts, mean, sigma });
  const truth = chosen.modalities[target]!.values;
  const modality = modalityOf(frozen.plan, target);
  const { misfit } = trainingKind(modality);
  const logErrors = Array.from(parts, (part) => Math.log(misfit(row(truth, part), row(mean, part))));
  const hasChannels = channelsOf(modality) !== undefined;
  return { parts, features, truth, mean, sigma, hasChannels, logErrors };
}
