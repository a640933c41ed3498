/** True for what is not here yet. */
export function isWaiting<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise;
}

/**
 * Does the work of `count` items, one after the other; answers a promise only where one of them has to wait. Of a large table few rows
 * do, and to wait for each would take longer than to read it.
 */
export function oneAfterOther(
  count: number,
  work: (index: number) => void | Promise<void>,
  from = 0,
): void | Promise<void> {
  for (let index = from; index < count; index++) {
    const waiting = work(index);
    if (waiting) return waiting.then(() => oneAfterOther(count, work, index + 1));
  }
}
