/**
 * Word of a list that somebody most likely meant: the fewest letters away, by letters left out, put in, changed or swapped with
 * their neighbour (optimal string alignment), or one that begins as the typed one. Undefined where none is near.
 */
export function nearestWord(typed: string, known: Iterable<string>): string | undefined {
  const from = typed.toLowerCase();
  const most = Math.max(1, Math.floor(from.length / 3));
  let best: { word: string; away: number } | undefined;
  for (const word of known) {
    const begins = from.length >= 3 && word.toLowerCase().startsWith(from);
    const away = begins ? 0 : lettersAway(from, word.toLowerCase());
    if (away <= most && (!best || away < best.away)) best = { word, away };
  }
  return best?.word;
}

function lettersAway(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      let least = Math.min(last[at]! + 1, now[at - 1]! + 1, last[at - 1]! + Number(!same));
      const isSwapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (isSwapped) least = Math.min(least, beforeLast[at - 2]! + 1);
      now.push(least);
    }
    [beforeLast, last] = [last, now];
  }
  return last[other.length]!;
}
