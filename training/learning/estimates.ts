import { mappingName } from '../../protocol/modules.ts';
import { bridgesTo } from '../model/bridge-paths.ts';
import { bridgeParts } from './bridge-parts.ts';
import { type Dataset, has } from './datasets.ts';
import { type FrozenModel, type MappedTables, mapParts } from './inference.ts';
import type { Table } from './row-table.ts';

/** Estimate of a target by one source, for the parts that have the source. */
export interface SourceEstimate extends MappedTables {
  readonly source: string;
  /** Modality that leads from one to the other, if no plant measured the two together. */
  readonly through?: string;
  /** True if a part has this source. */
  has(part: number): boolean;
}

/** Path from one source to a target. */
export interface Path {
  readonly source: string;
  /** Modalities that a composed bridge may lead through; none where there is a mapping of the pair itself. */
  readonly through: readonly string[];
  /** Modality through which the mapping of the pair itself was learned, if it is a bridge. */
  readonly learned?: string;
}

/** Mappings known to be bridges, each with the modality that it leads through. */
export type LearnedBridges = Readonly<Record<string, string>>;

/**
 * Paths from the modalities `held` to `target` that the federation has trained: by a mapping that was fetched, else,
 * where the plan allows them, by composed bridges.
 */
export function trainedPaths(
  { plan }: FrozenModel,
  held: readonly string[],
  target: string,
  fetched: ReadonlySet<string>,
  learned: LearnedBridges = {},
): Path[] {
  return held.flatMap((source): Path[] => {
    if (source === target) return [];
    const mapping = mappingName(target, source);
    if (fetched.has(mapping))
      return [{ source, through: [], ...(learned[mapping] && { learned: learned[mapping] }) }];
    const through = plan.reconstruction.bridges ? bridgesTo(plan, target, source, fetched) : [];
    return through.length > 0 ? [{ source, through }] : [];
  });
}

/** Paths as {@link trainedPaths}; where there is none, by mappings nobody has trained. */
export function pathsTo(...[frozen, held, target, ...rest]: Parameters<typeof trainedPaths>): Path[] {
  const trained = trainedPaths(frozen, held, target, ...rest);
  const untrained = held.filter((source) => source !== target).map((source) => ({ source, through: [] }));
  return trained.length > 0 ? trained : untrained;
}

/**
 * Estimate by the source of a path, for the parts that have it; of several composed bridges, by the one of least
 * variance on the whole.
 * @param inputs what mappings read of each source
 */
export async function estimateBy(
  frozen: FrozenModel,
  dataset: Dataset,
  inputs: Readonly<Record<string, Table>>,
  target: string,
  { source, through, learned }: Path,
  wanted: Uint32Array,
): Promise<SourceEstimate> {
  const input = inputs[source]!;
  const parts = wanted.filter((part) => has(dataset, source, part));
  const common = { source, has: (part: number) => has(dataset, source, part) };
  if (through.length === 0)
    return {
      ...common,
      ...(learned !== undefined && { through: learned }),
      ...(await mapParts(frozen, target, source, input, parts)),
    };
  const bridges: SourceEstimate[] = [];
  for (const middle of through) {
    const path = [target, middle, source] as const;
    bridges.push({ ...common, through: middle, ...(await bridgeParts(frozen, path, input, parts)) });
  }
  return bridges.reduce((best, next) => (total(next.logvar) < total(best.logvar) ? next : best));
}

/** Sum of a table's values. Rows of other parts are zero in all tables alike, so sums can be compared. */
function total({ data }: Table): number {
  return data.reduce((sum, value) => sum + value, 0);
}
