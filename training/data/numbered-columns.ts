/** Number of a numbered column's name: `gauge_12`, `gauge[12]`, `gauge 12`. */
const numberAtEnd = /(?<!\d)(\d+)[\])]*$/;
/** What stands between the name and the number. */
const separators = /(?<![-_. [(#])[-_. [(#]+$/;

/** Name of a numbered column without its number, and the number; undefined for any other. */
export function numberedAs(name: string): { readonly stem: string; readonly number: number } | undefined {
  const match = numberAtEnd.exec(name);
  return match
    ? { stem: name.slice(0, match.index).replace(separators, ''), number: Number(match[1]) }
    : undefined;
}

/** What the numbers of the columns of one measurement leave open. */
export interface OddNumbers {
  /** Numbers between them that none has, where these are few enough to be gaps. */
  readonly missing: readonly number[];
  /** Columns of one number: `ch1` and `ch01`. */
  readonly twice: readonly [column: string, other: string] | undefined;
  /** First column where they count by one, but neither from 0 nor from 1. */
  readonly late: string | undefined;
  /** True if a value's place in the order is not what its number says, so that the columns' names have to be kept. */
  readonly areNames: boolean;
}

/** Columns of a grid that is no count, as wavelengths are: their order says enough. */
const manyOfGrid = 64;

/** What is odd of the numbers of columns that are named alike; undefined where some have no number, or where they count as is usual. */
export function oddNumbers(names: readonly string[]): OddNumbers | undefined {
  const found = names.flatMap((name) => {
    const numbered = numberedAs(name);
    return numbered ? [{ name, number: numbered.number }] : [];
  });
  if (found.length < 2 || found.length < names.length) return undefined;
  const sorted = found.toSorted((a, b) => a.number - b.number);
  const second = sorted.findIndex(({ number }, index) => number === sorted[index - 1]?.number);
  const numbers = [...new Set(sorted.map(({ number }) => number))];
  const [first = 0] = numbers;
  const steps = numbers.slice(1).map((number, index) => number - numbers[index]!);
  // Of two columns nothing tells by how much they count.
  const step =
    steps.length === 1 && first <= 1 && steps[0] === 2 ? 1 : Math.min(...(steps.length > 0 ? steps : [1]));
  const isEven = steps.every((own) => own === step);
  const missing = steps.every((own) => own % step === 0) ? between(numbers, step) : [];
  const areGaps = missing.length <= numbers.length;
  const odd: OddNumbers = {
    missing: areGaps ? missing : [],
    twice: second < 0 ? undefined : [sorted[second - 1]!.name, sorted[second]!.name],
    late: step === 1 && first > 1 ? sorted[0]!.name : undefined,
    areNames:
      second >= 0 || (!isEven && (areGaps || numbers.length <= manyOfGrid)) || (step === 1 && first > 1),
  };
  return odd.missing.length > 0 || odd.twice || odd.late || odd.areNames ? odd : undefined;
}

/** Numbers of a count by `step` that are not there; more of them than there are numbers are not looked for. */
function between(numbers: readonly number[], step: number): number[] {
  const missing: number[] = [];
  for (const [index, number] of numbers.entries())
    for (let own = number + step; own < (numbers[index + 1] ?? 0); own += step) {
      missing.push(own);
      if (missing.length > numbers.length) return missing;
    }
  return missing;
}
