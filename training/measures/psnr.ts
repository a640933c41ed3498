/** Mean squared error of two equally long rows of values. */
export function meanSquaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! - b[index]!) ** 2;
  return sum / a.length;
}

/** Largest value in dB, which equal values get, so that means and tables stay finite. */
const best = 100;

/**
 * Peak signal-to-noise ratio in dB: 10·log₁₀(peak² / MSE), at most 100.
 * @param peak the largest possible value; 1 for normalised measurements
 */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>, peak = 1): number {
  return Math.min(best, 10 * Math.log10(peak ** 2 / meanSquaredError(a, b)));
}
