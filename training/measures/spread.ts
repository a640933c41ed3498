/** Sample of at most `count` of `items`, evenly spread, the first one included. */
export function spread<T>(items: ArrayLike<T>, count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, index) => items[Math.floor((index * items.length) / taken)]!);
}
