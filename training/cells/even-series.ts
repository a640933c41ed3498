import type { SeriesTime } from './series-times.ts';
import { isSameUnit } from './written-units.ts';

/** How long a recording lasts, and whether its values were taken unevenly. */
export interface SeriesTiming {
  readonly span: number;
  /** `s`, or empty where nothing says what its times count. */
  readonly unit: string;
  readonly isUneven: boolean;
}

/** Mean steps by which a time may lie off an even row of them, and shares of the whole: clocks jitter. */
const [mostSteps, mostShare] = [1, 0.05];

/** Values from which a series is one over time; fewer are readings at points of their own, as before and after a step. */
export const fewestTimed = 5;

/** Seconds of the units that times are counted in. */
const seconds: readonly (readonly [unit: string, seconds: number])[] = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
  ['ns', 1e-9],
  ['min', 60],
  ['h', 3600],
];

/**
 * Values that follow one another evenly: as they are where their times do, up to what clocks jitter; else as many, between the first and the last,
 * each interpolated linearly between its neighbours. Values of which several have one time, as of a clock that counts too coarsely, stay as they are.
 * @param times in rising order, one of each value
 */
export function evened(
  values: readonly number[],
  times: readonly number[],
): { readonly values: readonly number[]; readonly isUneven: boolean } {
  const last = values.length - 1;
  const [start, step] = [times[0]!, (times[last]! - times[0]!) / last];
  const hasSame = times.some((at, place) => place > 0 && at === times[place - 1]);
  const mostOff = Math.min(mostSteps * step, mostShare * last * step);
  const isEven = times.every((at, place) => Math.abs(at - start - place * step) <= mostOff);
  if (values.length < fewestTimed || hasSame || isEven) return { values, isUneven: false };
  let before = 0;
  const even = values.map((_, place) => {
    const at = start + place * step;
    while (before < last - 1 && times[before + 1]! < at) before++;
    const share = (at - times[before]!) / (times[before + 1]! - times[before]!);
    const [one, next] = [values[before]!, values[before + 1]!];
    return one + Math.min(1, Math.max(0, share)) * (next - one);
  });
  return { values: even, isUneven: true };
}

/**
 * How long a recording lasts by its times, the step behind the last one among them.
 * @param times in rising order @param time one of them as it was read @param unit of numbers, empty where none is said
 */
export function timingOf(
  times: readonly number[],
  time: SeriesTime,
  unit: string,
  isUneven: boolean,
): SeriesTiming {
  const last = times.length - 1;
  const span = ((times[last]! - times[0]!) * (last + 1)) / Math.max(1, last);
  if (time.isClock) return { span, unit: 's', isUneven };
  if (time.isDate) return { span: span / 1000, unit: 's', isUneven };
  const factor = seconds.find(([own]) => isSameUnit(own, unit))?.[1];
  return factor === undefined ? { span, unit: '', isUneven } : { span: span * factor, unit: 's', isUneven };
}
