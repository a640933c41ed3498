/** A value without its case, width, spaces and punctuation: what is left tells values apart that a person means to differ. */
export function barelyWritten(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '');
}

/** Shorter values are one mistake away from too many others. */
const leastToCompare = 4;

/** The listed value that was probably meant: written with other spaces or marks, or with one character wrong. */
export function nearestValue(values: readonly string[], written: string): string | undefined {
  const bare = barelyWritten(written);
  const same = values.find((value) => barelyWritten(value) === bare);
  if (same !== undefined || bare.length < leastToCompare) return same;
  const close = values.filter((value) => isOneMistakeAway(barelyWritten(value), bare));
  return close.length === 1 ? close[0] : undefined;
}

/** Whether one character more, less or other, or two neighbours in the wrong order, make one text the other. */
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
