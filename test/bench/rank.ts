/** Spearman's rank correlation of two equally long lists, −1…1; ties keep their order. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [ranksA, ranksB] = [ranks(a), ranks(b)];
  const squares = ranksA.reduce((sum, rank, index) => sum + (rank - ranksB[index]!) ** 2, 0);
  const count = a.length;
  return 1 - (6 * squares) / (count * (count ** 2 - 1));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((x, y) => values[x]! - values[y]!);
  const ranked = new Array<number>(values.length);
  for (const [rank, index] of order.entries()) ranked[index] = rank;
  return ranked;
}
