import type { SignalModality } from '../../../protocol/kinds/index.ts';
import { quantile, robust } from '../../measures/statistics.ts';
import { areUnlike } from '../../measures/unlike.ts';
import type { MeasuredParts, Oddity } from '../looking.ts';
import { aboutParts, placesText } from './oddity.ts';

/** Least number of parts for judging a channel. */
const leastParts = 8;
/** Largest spread of a channel that never changes, as a share of the plan's range. */
const still = 1e-6;
/** Largest probability by chance of a run of equal readings that is called stuck. */
const chance = 1e-9;

/** Oddity of unlike values in a plan that has one range for all: the smaller ones are lost in it. */
export function unlikeChannels({ modality, rows }: MeasuredParts<SignalModality>): Oddity[] {
  if (modality.channels || !areUnlike(rows)) return [];
  const [count, { length }] = [rows.length, modality];
  return [{ code: 'channels-unlike', affected: [], count, of: count, detail: { length } }];
}

/** Oddity of channels that never change. */
export function constantChannels({ rows }: MeasuredParts<unknown>): Oddity[] {
  if (rows.length < leastParts) return [];
  const constant = channels(rows).filter((channel) => extent(rows, channel) < still);
  if (constant.length === 0) return [];
  const detail = { channels: placesText(constant) };
  const [{ length }] = rows as [Float32Array];
  return [{ code: 'channel-constant', affected: [], count: constant.length, of: length, detail }];
}

/**
 * Oddities of channels that stood still for a while: the longest run of equal readings in the order of the manifest,
 * where chance does not explain it. Among n readings of which a share p equals the run's value, a run of length L
 * somewhere has probability below n (1 − p) p^L.
 */
export function stuckChannels({ parts, rows, records }: MeasuredParts<unknown>): Oddity[] {
  if (rows.length < leastParts) return [];
  return channels(rows).flatMap((channel) => {
    const { start, length } = longestRun(rows, channel);
    const value = rows[start]![channel]!;
    const same = rows.filter((values) => values[channel] === value).length;
    const share = (same - length + 1) / (rows.length - length + 1);
    // All equal is a constant channel, and a value that half of all readings have is a zero, not a fault.
    if (same === rows.length || share > 0.5) return [];
    if (rows.length * (1 - share) * share ** (length - 1) > chance) return [];
    const stuck = parts.subarray(start, start + length);
    return aboutParts(
      'channel-stuck',
      { affected: stuck, of: rows.length },
      {
        channel: channel + 1,
        ...{ from: records[stuck[0]!]!.row, to: records[stuck.at(-1)!]!.row },
        ...{ first: records[stuck[0]!]!.id, last: records[stuck.at(-1)!]!.id },
      },
    );
  });
}

/** Least length of a profile, a signal whose neighbouring values belong together. */
const profileLength = 8;
/** Least height of a spike above its surroundings, as a share of the plan's range. */
const leap = 0.25;
/** Least height of a spike in robust sigmas of its channel. */
const usual = 6;
/** Largest share of parts with a spike in a channel: what more parts show is how parts are. */
const rare = 0.01;

/** Oddity of parts with spikes: single readings far from all others. */
export function spikes({ parts, rows }: MeasuredParts<unknown>): Oddity[] {
  if (rows.length < leastParts) return [];
  const affected = new Set<number>();
  for (const channel of channels(rows)) {
    const residuals = rows.map((values) => residual(values, channel));
    const { median, sigma } = robust(residuals);
    const odd = parts.filter((_, place) => {
      const distance = Math.abs(residuals[place]! - median);
      return distance > leap && distance > usual * sigma;
    });
    if (odd.length <= Math.max(1, rare * parts.length)) for (const part of odd) affected.add(part);
  }
  if (affected.size > 5 * Math.max(1, rare * parts.length)) return [];
  const sorted = [...affected].sort((a, b) => a - b);
  return aboutParts('signal-spikes', { affected: sorted, of: parts.length });
}

/** Residual of a value: its distance from the median around it in a profile; in a sensor vector, the value itself. */
function residual(values: Float32Array, channel: number): number {
  if (values.length < profileLength) return values[channel]!;
  const from = Math.min(Math.max(0, channel - 2), values.length - 5);
  return values[channel]! - quantile(values.subarray(from, from + 5), 0.5);
}

function channels([first]: readonly Float32Array[]): number[] {
  return [...first!.keys()];
}

function extent(rows: readonly Float32Array[], channel: number): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of rows) {
    low = Math.min(low, values[channel]!);
    high = Math.max(high, values[channel]!);
  }
  return high - low;
}

function longestRun(rows: readonly Float32Array[], channel: number) {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let place = 1; place <= rows.length; place++) {
    if (place < rows.length && rows[place]![channel] === rows[start]![channel]) continue;
    if (place - start > best.length) best = { start, length: place - start };
    start = place;
  }
  return best;
}
