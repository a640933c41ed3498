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
  return scale > 0 ? products / scale : undefined;
}

function sharedRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((x, y) => values[x]! - values[y]!);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (const index of order.slice(first, end)) ranks[index] = (first + end - 1) / 2;
    first = end;
  }
  return ranks;
}
