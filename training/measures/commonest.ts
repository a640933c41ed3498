/** Value that comes most often; of several, the one that comes first; undefined of none. */
export function commonest<Value>(values: readonly Value[]): Value | undefined {
  let [most, found]: [number, Value | undefined] = [0, undefined];
  for (const [value, { length }] of Map.groupBy(values, (one) => one))
    if (length > most) [most, found] = [length, value];
  return found;
}
