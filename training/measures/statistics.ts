/** Quantile: the value below which a share of the values lie; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/**
 * Robust median and spread, which a few outliers do not move: the spread is the median absolute deviation, scaled to a
 * normal's sigma.
 */
export function robust(values: ArrayLike<number>): { median: number; sigma: number } {
  const median = quantile(values, 0.5);
  const deviations = Float64Array.from(values, (value) => Math.abs(value - median));
  return { median, sigma: 1.4826 * quantile(deviations, 0.5) };
}

/** Arithmetic mean; NaN of none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** Mean of a function of the values; NaN of none. */
export function meanOf(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += of(values[index]!);
  return sum / values.length;
}

/** Mean squared deviation from the mean; NaN of none. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  return meanOf(values, (value) => (value - centre) ** 2);
}
