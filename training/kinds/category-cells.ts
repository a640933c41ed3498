/**
 * Bare form of a value, without case, width, spaces and punctuation: values that a person means to differ still differ
 * in it.
 */
export function barelyWritten(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '');
}

/** Least length of a value that is compared; shorter ones are one mistake away from too many others. */
const leastToCompare = 4;

/** Listed value that was probably meant: one written with other spaces or marks, or with one character wrong. */
export function nearestValue(values: readonly string[], written: string): string | undefined {
  const bare = barelyWritten(written);
  const same = values.find((value) => barelyWritten(value) === bare);
  if (same !== undefined || bare.length < leastToCompare) return same;
  const close = values.filter((value) => isOneMistakeAway(barelyWritten(value), bare));
  return close.length === 1 ? close[0] : undefined;
}

/** True if two texts differ by one character (missing, extra or other) or by two neighbours in the wrong order. */
function isOneMistakeAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [middleA, middleB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwapped = middleA.length === 2 && middleA === [...middleB].reverse().join('');
  return Math.max(middleA.length, middleB.length) <= 1 || isSwapped;
}
