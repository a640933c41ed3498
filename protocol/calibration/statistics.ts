/**
 * Statistics of a plant's parts that are added up over plants: arrays by name. Sums say nothing of a single part, and
 * adding is all that whoever merges them has to understand.
 */
export type Statistics = Readonly<Record<string, Float64Array>>;

/** Sum of the statistics of several plants. @throws RangeError where the arrays differ in names or lengths */
export function merged<T extends Statistics>(all: readonly [T, ...T[]]): T {
  const [first, ...rest] = all;
  const names = Object.keys(first).sort().join();
  const sums = Object.fromEntries(Object.entries(first).map(([name, values]) => [name, values.slice()]));
  for (const other of rest) {
    if (Object.keys(other).sort().join() !== names)
      throw new RangeError('statistics of different things cannot be added');
    for (const [name, values] of Object.entries(other)) {
      const sum = sums[name]!;
      if (sum.length !== values.length) throw new RangeError(`statistics "${name}" differ in length`);
      for (const [place, value] of values.entries()) sum[place]! += value;
    }
  }
  return sums as T;
}
