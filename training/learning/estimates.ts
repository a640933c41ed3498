import { mappingName } from '../../protocol/modules.ts';
import { bridgesTo } from '../model/bridge-paths.ts';
import { bridgeParts } from './bridge-parts.ts';
import { type Dataset, has } from './datasets.ts';
import { type FrozenModel, type MappedTables, mapParts } from './inference.ts';
import type { Table } from './row-table.ts';

/** What one source says of a target, for the parts that have it. */
export interface SourceEstimate extends MappedTables {
  readonly source: string;
  /** The modality that leads from one to the other, if no plant measured the two together. */
  readonly through?: string;
  /** Whether a part has this source. */
  has(part: number): boolean;
}

/** How one source leads to a target. */
export interface Path {
  readonly source: string;
  /** The modalities that a composed bridge may lead through; none where there is a mapping of the pair itself. */
  readonly through: readonly string[];
  /** What the mapping of the pair itself learned it through, if it is a bridge. */
  readonly learned?: string;
}

/** Mappings known to be bridges, each with what it leads through. */
export type LearnedBridges = Readonly<Record<string, string>>;

/**
 * The paths from the modalities `held` to `target` that the federation has trained: by a mapping that was fetched, else,
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

/** As {@link trainedPaths}; where there is none, by mappings nobody has trained. */
export function pathsTo(...[frozen, held, target, ...rest]: Parameters<typeof trainedPaths>): Path[] {
  const trained = trainedPaths(frozen, held, target, ...rest);
  const untrained = held.filter((source) => source !== target).map((source) => ({ source, through: [] }));
  return trained.length > 0 ? trained : untrained;
}

/**
 * What the source of `path` says of the parts that have it; of several composed bridges, the surest on the whole.
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

/** Rows of other parts are zero in all tables alike. */
function total({ data }: Table): number {
  return data.reduce((sum, value) => sum + value, 0);
}
