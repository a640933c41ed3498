import type { FusionRule } from '../../protocol/plan.ts';
import type { SourceEstimate } from '../learning/estimates.ts';
import { emptyTable, row, type Table } from '../learning/table.ts';

/** What all sources say together. */
export interface Fused {
  readonly mean: Table;
  readonly logvar: Table;
  /** The sources' residuals, by their shares in the part. */
  readonly residual: Table | undefined;
  /** Each source's share of a part's estimate, 0…1, summing to 1 over the sources. */
  readonly shares: Readonly<Record<string, Float32Array>>;
}

/**
 * Correlation assumed between the errors of two sources. They see the same part and are surprised by the same
 * things; measured on the demonstration plants between gauge and note: .45.
 */
export const errorCorrelation = 0.5;

/** The rules that join the sources in the latent; a mixture joins what they decode to, see `mixture.ts`. */
export type LatentFusion = Exclude<FusionRule, 'mixture'>;

interface Rule {
  /** Correlation that the sources' errors are taken to have. */
  readonly correlation: number;
  /** Shares from the deviations, summing to 1. */
  weights(deviations: readonly number[]): number[];
}

const rules: Readonly<Record<LatentFusion, Rule>> = {
  correlated: {
    correlation: errorCorrelation,
    weights: (deviations) => leastVarianceWeights(deviations, errorCorrelation),
  },
  precision: { correlation: 0, weights: (deviations) => leastVarianceWeights(deviations, 0) },
  mean: { correlation: errorCorrelation, weights: equalWeights },
};

/**
 * Fuses the sources dimension by dimension, as a weighted mean whose variance follows from the sources' deviations σₛ
 * and the common correlation ρ of their errors.
 *
 * - `correlated`: the linear estimate of least variance at the ρ that was measured, without negative shares.
 * - `precision`: the same at ρ = 0, which is the product of the sources' Gaussians (Hinton, 2002, DOI
 *   10.1162/089976602760128018): shares in proportion to 1/σₛ². It gives a poor source so much weight that two
 *   sources can be worse than one.
 * - `mean`: equal shares, whatever the sources say of themselves.
 */
export function fuse(
  estimates: readonly SourceEstimate[],
  parts: Uint32Array,
  rows: number,
  fusion: LatentFusion,
): Fused {
  const { correlation, weights: weightsOf } = rules[fusion];
  const { width } = estimates[0]!.mean;
  const mean = emptyTable(rows, width);
  const logvar = emptyTable(rows, width);
  const shares = Object.fromEntries(estimates.map(({ source }) => [source, new Float32Array(rows)]));
  for (const part of parts) {
    const present = estimates.filter((estimate) => estimate.has(part));
    for (let cell = part * width; cell < (part + 1) * width; cell++) {
      const deviations = present.map((estimate) => Math.exp(estimate.logvar.data[cell]! / 2));
      const weights = weightsOf(deviations);
      for (const [place, estimate] of present.entries()) {
        mean.data[cell]! += weights[place]! * estimate.mean.data[cell]!;
        shares[estimate.source]![part]! += weights[place]! / width;
      }
      logvar.data[cell] = Math.log(varianceOf(deviations, weights, correlation));
    }
  }
  return { mean, logvar, residual: fuseResiduals(estimates, parts, rows, shares), shares };
}

function fuseResiduals(
  estimates: readonly SourceEstimate[],
  parts: Uint32Array,
  rows: number,
  shares: Fused['shares'],
): Table | undefined {
  const width = estimates[0]!.residual?.width;
  if (width === undefined) return undefined;
  const fused = emptyTable(rows, width);
  for (const { source, residual, has } of estimates)
    for (const part of parts.filter(has)) {
      const share = shares[source]![part]!;
      const sum = row(fused, part);
      for (const [place, value] of row(residual!, part).entries()) sum[place]! += share * value;
    }
  return fused;
}

/**
 * Weights of the least-variance mean, in proportion to Σ⁻¹1 for a covariance of equal correlation (inverted in closed
 * form by Sherman and Morrison), negative ones set to 0. They sum to 1.
 */
export function leastVarianceWeights(deviations: readonly number[], correlation: number): number[] {
  const inverse = deviations.map((deviation) => 1 / deviation);
  const common = correlation / (1 + (deviations.length - 1) * correlation);
  const shared = common * inverse.reduce((sum, value) => sum + value, 0);
  const weights = inverse.map((value) => Math.max(0, value * (value - shared)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The same share for each. */
export function equalWeights({ length }: readonly unknown[]): number[] {
  return new Array<number>(length).fill(1 / length);
}

/** Variance of a weighted mean of estimates of equal correlation. */
function varianceOf(deviations: readonly number[], weights: readonly number[], correlation: number): number {
  const scaled = deviations.map((deviation, place) => deviation * weights[place]!);
  const squares = scaled.reduce((sum, value) => sum + value ** 2, 0);
  const sum = scaled.reduce((total, value) => total + value, 0);
  return (1 - correlation) * squares + correlation * sum ** 2;
}
