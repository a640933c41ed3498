import type { Feature } from '../../protocol/calibration/features.ts';
import { type Route, routeName } from '../../protocol/calibration/routes.ts';
import { type Dataset, has } from '../learning/datasets.ts';
import type { FrozenModel } from '../learning/inference.ts';
import { emptyTable, row, type Table } from '../learning/row-table.ts';
import {
  type ModalityReconstruction,
  type ReconstructionOptions,
  reconstruct,
} from '../reconstruction/reconstruct.ts';
import { type Assessor, openAssessor, type RouteCalibration } from './assessor.ts';
import type { ExpectedError } from './error-model.ts';
import { featuresOf } from './features.ts';
import { scalingOf } from './scaling.ts';
import { cautionFeatures, type Suspicion, suspicionsOf } from './suspicion.ts';

/** Calibrations by the name of their route. */
export type RouteCalibrations = ReadonlyMap<string, RouteCalibration>;

/** Assessment of the reconstructions of one target; places are part numbers. */
export interface Assessed {
  /** Deviation of each value: calibrated if the part's route is, else that of the reconstruction. */
  readonly sigma: Table;
  /** Index of a part's route in `routes`; −1 where it is not calibrated. */
  readonly route: Int32Array;
  readonly routes: readonly string[];
  /** Expected logarithm of the error, see {@link ExpectedError}; NaN without a calibration. */
  readonly logError: Float32Array;
  readonly deviation: Float32Array;
  /** Familiarity: share of known parts that are at least as far out; NaN without a calibration. */
  readonly familiarity: Float32Array;
  /** Familiarity by each source alone. */
  readonly alone: Readonly<Record<string, Float32Array>>;
  /**
   * Features, {@link toldFeatures} of them, that best explain why a part is suspected: places in its route's
   * `features`, counted from 1; 0 for none.
   */
  readonly cautions: Table;
  /** Features of a row, by route. */
  readonly features: Readonly<Record<string, readonly Feature[]>>;
}

/** Number of features that are kept of a suspected part. */
export const toldFeatures = 2;

/**
 * Assesses reconstructions by the calibrations of their routes; a part that has several sources also by the calibrated
 * route of each source alone.
 * @param options those with which `result` was made
 */
export async function assess(
  frozen: FrozenModel,
  dataset: Dataset,
  target: string,
  result: ModalityReconstruction,
  options: ReconstructionOptions,
  calibrations: RouteCalibrations,
): Promise<Assessed> {
  const { parts, mean, sigma, shares } = result;
  const sources = Object.keys(shares);
  const unknown = () => new Float32Array(dataset.count).fill(Number.NaN);
  const assessed = {
    sigma: { width: sigma.width, data: sigma.data.slice() },
    route: new Int32Array(dataset.count).fill(-1),
    ...{ logError: unknown(), deviation: unknown(), familiarity: unknown() },
    alone: Object.fromEntries(sources.map((source) => [source, unknown()])),
    cautions: emptyTable(dataset.count, toldFeatures),
  };
  const routes: string[] = [];
  const features: Record<string, readonly Feature[]> = {};
  for (const [held, own] of bySources(dataset, sources, parts)) {
    const route = { target, sources: held };
    const assessor = await open(frozen, dataset, route, { parts: own, mean, sigma }, calibrations);
    if (!assessor) continue;
    const index = routes.push(routeName(route)) - 1;
    features[routeName(route)] = assessor.features;
    for (const part of own) {
      const { familiarity, ...expected } = assessor.expect(part);
      assessed.route[part] = index;
      assessed.logError[part] = expected.logError;
      assessed.deviation[part] = expected.deviation;
      assessed.familiarity[part] = familiarity;
      row(assessed.sigma, part).set(assessor.deviations(row(sigma, part), expected));
    }
    for (const source of held) {
      const alone =
        held.length === 1
          ? assessor
          : await assessAlone(frozen, dataset, target, source, own, options, calibrations);
      if (alone) for (const part of own) assessed.alone[source]![part] = alone.expect(part).familiarity;
    }
    for (const part of own) {
      const known = held.filter((source) => !Number.isNaN(assessed.alone[source]![part]!));
      const alone = Object.fromEntries(known.map((source) => [source, assessed.alone[source]![part]!]));
      const suspicions = suspicionsOf({ alone, together: assessed.familiarity[part]! });
      if (suspicions.length > 0) row(assessed.cautions, part).set(assessor.tell(part, suspicions));
    }
  }
  return { ...assessed, routes, features };
}

/** Assessor of the parts of one route. */
interface RouteAssessor {
  readonly features: readonly Feature[];
  /** Expected error of a part, and its familiarity. */
  expect(part: number): ExpectedError & { readonly familiarity: number };
  /** Deviations of a part's values. */
  deviations: Assessor['deviations'];
  /** Features that best explain why a part is suspected, as in {@link Assessed.cautions}. */
  tell(part: number, suspicions: readonly Suspicion[]): number[];
}

/** Opens an assessor of parts as if they had one source alone; undefined where that route is not calibrated. */
async function assessAlone(
  frozen: FrozenModel,
  dataset: Dataset,
  target: string,
  source: string,
  parts: Uint32Array,
  options: ReconstructionOptions,
  calibrations: RouteCalibrations,
): Promise<RouteAssessor | undefined> {
  const route = { target, sources: [source] };
  if (!calibrations.has(routeName(route))) return undefined;
  const present = new Float32Array(dataset.count);
  for (const part of parts) present[part] = 1;
  const shown = {
    count: dataset.count,
    modalities: { [source]: { ...dataset.modalities[source]!, present } },
  };
  const results = await reconstruct(frozen, shown, { ...options, targets: [target], progress: () => {} });
  return open(frozen, shown, route, { ...results[target]!, parts }, calibrations);
}

async function open(
  frozen: FrozenModel,
  dataset: Dataset,
  route: Route,
  reconstructed: { readonly parts: Uint32Array; readonly mean: Table; readonly sigma: Table },
  calibrations: RouteCalibrations,
): Promise<RouteAssessor | undefined> {
  const calibration = calibrations.get(routeName(route));
  if (!calibration) return undefined;
  const { table, blocks, features } = await featuresOf(frozen, dataset, { ...route, ...reconstructed });
  const assessor = openAssessor(frozen.plan.training.seed, blocks, calibration);
  const scaling = scalingOf(calibration.sums);
  return {
    features,
    expect(part) {
      const expected = assessor.expect(row(table, part));
      return { ...expected, familiarity: assessor.familiarity(expected) };
    },
    deviations: assessor.deviations,
    tell: (part, suspicions) =>
      cautionFeatures(suspicions, features, row(table, part), scaling)
        .slice(0, toldFeatures)
        .map(({ place }) => place + 1),
  };
}

/** Groups parts by which of the sources they have. */
function bySources(
  dataset: Dataset,
  sources: readonly string[],
  parts: Uint32Array,
): (readonly [sources: readonly string[], parts: Uint32Array])[] {
  const heldBy = (part: number) => sources.filter((source) => has(dataset, source, part));
  const groups = Map.groupBy(parts, (part) => heldBy(part).join('+'));
  return [...groups.values()].map((own) => [heldBy(own[0]!), Uint32Array.from(own)]);
}
