import type { Rank } from '@tensorflow/tfjs';
import type { SourceEstimate } from '../learning/estimates.ts';
import { blockRows, type FrozenModel, runOnParts, usualRows } from '../learning/inference.ts';
import { emptyTable, type Table } from '../learning/row-table.ts';
import { fuse } from '../model/fusion.ts';
import { parameter } from '../model/layers.ts';

/** Estimate fused from all sources; rows and places are part numbers. */
export interface Fused {
  readonly mean: Table;
  readonly logvar: Table;
  /** Mean of the sources' residuals, weighted by their shares in the part. */
  readonly residual?: Table | undefined;
  /** Share of each source in a part's estimate, 0…1, summing to 1 over the sources. */
  readonly shares: Readonly<Record<string, Float32Array>>;
}

/** Fuses the estimates of each listed part's sources by `fuse`, with the plan's correlation; other rows stay zero. */
export async function fuseParts(
  frozen: FrozenModel,
  target: string,
  estimates: readonly SourceEstimate[],
  parts: Uint32Array,
): Promise<Fused> {
  const { errorCorrelation } = frozen.plan.research;
  const [first] = estimates as [SourceEstimate];
  const count = first.mean.data.length / first.mean.width;
  const present = estimates.map((estimate) => presence(estimate, parts, count));
  if (estimates.length === 1) return { ...first, shares: { [first.source]: present[0]!.data } };
  const sources = estimates.map(({ source }) => source);
  const tables = Object.assign(
    {},
    ...estimates.map(({ source, mean, logvar, residual }, place) => ({
      [`mean/${source}`]: mean,
      [`logvar/${source}`]: logvar,
      [`present/${source}`]: present[place]!,
      ...(residual && { [`residual/${source}`]: residual }),
    })),
  ) as Record<string, Table>;
  const widths = Object.fromEntries(Object.entries(tables).map(([name, { width }]) => [name, width]));
  const residual = first.residual && { residual: first.residual.width };
  const result = await runOnParts(frozen, parts, tables, {
    name: `fuse ${target}←${sources.join('+')} ${errorCorrelation}`,
    modules: [],
    rows: blockRows(usualRows, Math.max(...Object.values(widths))),
    inputs: widths,
    outputs: {
      ...{ mean: first.mean.width, logvar: first.mean.width, ...residual },
      ...Object.fromEntries(sources.map((source) => [`share/${source}`, 1])),
    },
    fn(given) {
      const of = (name: string, source: string) => parameter<Rank.R2>(given, `${name}/${source}`);
      const said = sources.map((source) => ({
        ...{ mean: of('mean', source), logvar: of('logvar', source), present: of('present', source) },
        residual: residual && of('residual', source),
      }));
      const { shares, residual: added, ...gaussian } = fuse(said, errorCorrelation);
      const shareOf = Object.fromEntries(shares.map((share, place) => [`share/${sources[place]}`, share]));
      return { ...gaussian, ...(added && { residual: added }), ...shareOf };
    },
  });
  return {
    ...{ mean: result.mean!, logvar: result.logvar!, residual: result.residual },
    shares: Object.fromEntries(sources.map((source) => [source, result[`share/${source}`]!.data])),
  };
}

/** Presence of a source: 1 for the listed parts that have it. */
function presence({ has }: SourceEstimate, parts: Uint32Array, count: number): Table {
  const table = emptyTable(count, 1);
  for (const part of parts) table.data[part] = has(part) ? 1 : 0;
  return table;
}
