import { emptyTable, type Table } from '../learning/table.ts';

/** What one source says of a target's latent, for the parts that have it. */
export interface SourceEstimate {
  readonly source: string;
  readonly mean: Table;
  readonly logvar: Table;
  /** Whether a part has this source. */
  has(part: number): boolean;
}

/** What all sources say together. */
export interface Fused {
  readonly mean: Table;
  readonly logvar: Table;
  /** Each source's share of a part's estimate, 0…1, summing to 1 over the sources. */
  readonly shares: Readonly<Record<string, Float32Array>>;
}

/**
 * Fuses the sources by precision, dimension by dimension: μ = Σ pₛμₛ / Σ pₛ with pₛ = 1/σₛ². The variance is
 * that of the average precision, not of the sum: the sources see the same part and err together
 * (covariance intersection with equal weights; Julier and Uhlmann, 1997).
 */
export function fuse(estimates: readonly SourceEstimate[], parts: Uint32Array, rows: number): Fused {
  const { width } = estimates[0]!.mean;
  const mean = emptyTable(rows, width);
  const logvar = emptyTable(rows, width);
  const shares = Object.fromEntries(estimates.map(({ source }) => [source, new Float32Array(rows)]));
  for (const part of parts) {
    const present = estimates.filter((estimate) => estimate.has(part));
    for (let cell = part * width; cell < (part + 1) * width; cell++) {
      const precisions = present.map((estimate) => Math.exp(-estimate.logvar.data[cell]!));
      const total = precisions.reduce((sum, precision) => sum + precision, 0);
      for (const [place, estimate] of present.entries()) {
        const share = precisions[place]! / total;
        mean.data[cell]! += share * estimate.mean.data[cell]!;
        shares[estimate.source]![part]! += share / width;
      }
      logvar.data[cell] = -Math.log(total / present.length);
    }
  }
  return { mean, logvar, shares };
}
