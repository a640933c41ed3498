import { mappingName } from '../../protocol/modules.ts';
import { type Dataset, has } from '../learning/dataset.ts';
import { type EncodedTables, type Frozen, mapParts } from '../learning/inference.ts';
import type { Table } from '../learning/table.ts';
import { bridgeParts, bridgesTo } from './bridge.ts';
import type { SourceEstimate } from './fusion.ts';

/** How one source leads to a target. */
export interface Path {
  readonly source: string;
  /** The modalities that a bridge may lead through; none where there is a mapping of the pair itself. */
  readonly through: readonly string[];
}

/**
 * The paths from the modalities `held` to `target`: by a mapping that was fetched, else, where the plan allows
 * them, by bridges. Mappings nobody has trained are used only where there is nothing else.
 */
export function pathsTo(
  { plan }: Frozen,
  held: readonly string[],
  target: string,
  fetched: ReadonlySet<string>,
): Path[] {
  const sources = held.filter((source) => source !== target);
  const isDirect = (source: string) => fetched.has(mappingName(target, source));
  const bridged = (source: string) =>
    plan.reconstruction.bridges && !isDirect(source) ? bridgesTo(plan, target, source, fetched) : [];
  const paths = sources.map((source): Path => ({ source, through: bridged(source) }));
  const trained = paths.filter(({ source, through }) => isDirect(source) || through.length > 0);
  return trained.length > 0 ? trained : paths;
}

/** What the source of `path` says of the parts that have it; of several bridges, the surest on the whole. */
export async function estimateBy(
  frozen: Frozen,
  dataset: Dataset,
  encodings: Readonly<Record<string, EncodedTables>>,
  target: string,
  { source, through }: Path,
  wanted: Uint32Array,
): Promise<SourceEstimate> {
  const { input } = encodings[source]!;
  const parts = wanted.filter((part) => has(dataset, source, part));
  const common = { source, has: (part: number) => has(dataset, source, part) };
  if (through.length === 0) return { ...common, ...(await mapParts(frozen, target, source, input, parts)) };
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
