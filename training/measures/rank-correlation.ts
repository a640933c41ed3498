/**
 * Spearman's rank correlation of two equally long lists, −1…1; equal values share the mean of their ranks, as
 * attributions that are zero often do. Undefined where one of the lists has no order: fewer than two values, or all equal.
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | undefined {
  const [ranksA, ranksB] = [sharedRanks(a), sharedRanks(b)];
  const mean = (a.length - 1) / 2;
  let [products, squaresA, squaresB] = [0, 0, 0];
  for (const [index, rankA] of ranksA.entries()) {
    products += (rankA - mean) * (ranksB[index]! - mean);
    squaresA += (rankA - mean) ** 2;
    squaresB += (ranksB[index]! - mean) ** 2;
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 ? Math.max(-1, Math.min(1, products / scale)) : undefined;
}

/** Ranks of the values, from 0 for the least; equal values share the mean of their ranks. */
export function sharedRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, place) => place).sort((x, y) => values[x]! - values[y]!);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (const place of order.slice(first, end)) ranks[place] = (first + end - 1) / 2;
    first = end;
  }
  return ranks;
}
