import { modalityOf } from '../../../protocol/plan.ts';
import { row, type Table } from '../../learning/table.ts';
import { quantile, robust } from '../../measures/statistics.ts';
import type { Finding } from '../facts.ts';
import type { PlantParts } from '../show.ts';
import { aboutParts, type Detector, placesText } from './finding.ts';

/** Fewer parts say nothing about a channel. */
const leastParts = 8;
/** A channel whose values differ by less than this share of the plan's range never changes. */
const still = 1e-6;
/** How unlikely a run of equal readings must be by chance before it is called stuck. */
const chance = 1e-9;

/** Channels that never change, channels that stood still for a while, and single readings far from all else. */
export const signalDetectors: readonly Detector[] = [constantChannels, stuckChannels, spikes];

function constantChannels(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  if (parts.length < leastParts) return [];
  const { values } = given.dataset.modalities[name]!;
  const constant = channels(values).filter((channel) => extent(values, channel, parts) < still);
  if (constant.length === 0) return [];
  const detail = { channels: placesText(constant) };
  return [
    {
      code: 'channel-constant',
      modality: name,
      count: constant.length,
      of: values.width,
      detail,
      examples: [],
    },
  ];
}

/**
 * The longest run of equal readings in the order of the manifest, where chance does not explain it: among n readings of
 * which a share p equals the run's value, a run of length L somewhere has probability below n (1 − p) p^L.
 */
function stuckChannels(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  if (parts.length < leastParts) return [];
  const { values } = given.dataset.modalities[name]!;
  return channels(values).flatMap((channel) => {
    const { start, length } = longestRun(values, channel, parts);
    const value = values.data[parts[start]! * values.width + channel]!;
    const same = parts.filter((part) => values.data[part * values.width + channel] === value).length;
    const share = (same - length + 1) / (parts.length - length + 1);
    // All equal is a constant channel, and a value that half of all readings have is a zero, not a fault.
    if (same === parts.length || share > 0.5) return [];
    if (parts.length * (1 - share) * share ** (length - 1) > chance) return [];
    const stuck = parts.subarray(start, start + length);
    return aboutParts(
      given,
      'channel-stuck',
      name,
      { affected: stuck, of: parts.length },
      {
        channel: channel + 1,
        from: given.records[stuck[0]!]!.row,
        to: given.records[stuck.at(-1)!]!.row,
      },
    );
  });
}

/** From so many values on a signal is a profile, whose neighbours belong together. */
const profileLength = 8;
/** A spike leaves the plan's range, or its surroundings by this share of it, … */
const leap = 0.25;
/** … and by so many times what is usual, … */
const usual = 6;
/** … and is rare: what many parts show is how parts are. */
const rare = 0.01;

function spikes(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  if (parts.length < leastParts || modalityOf(given.plan, name).kind !== 'signal') return [];
  const { values } = given.dataset.modalities[name]!;
  const affected = new Set<number>();
  for (const channel of channels(values)) {
    const residuals = Float64Array.from(parts, (part) => residual(row(values, part), channel));
    const { median, sigma } = robust(residuals);
    const odd = parts.filter((_, place) => {
      const distance = Math.abs(residuals[place]! - median);
      return distance > leap && distance > usual * sigma;
    });
    if (odd.length <= Math.max(1, rare * parts.length)) for (const part of odd) affected.add(part);
  }
  if (affected.size > 5 * Math.max(1, rare * parts.length)) return [];
  const sorted = [...affected].sort((a, b) => a - b);
  return aboutParts(given, 'signal-spikes', name, { affected: sorted, of: parts.length });
}

/** How far a value is from its neighbours in a profile; in a sensor vector, the value itself. */
function residual(values: Float32Array, channel: number): number {
  if (values.length < profileLength) return values[channel]!;
  const from = Math.min(Math.max(0, channel - 2), values.length - 5);
  return values[channel]! - quantile(values.subarray(from, from + 5), 0.5);
}

function channels({ width }: Table): number[] {
  return Array.from({ length: width }, (_, channel) => channel);
}

function extent({ data, width }: Table, channel: number, parts: Uint32Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of parts) {
    low = Math.min(low, data[part * width + channel]!);
    high = Math.max(high, data[part * width + channel]!);
  }
  return high - low;
}

function longestRun({ data, width }: Table, channel: number, parts: Uint32Array) {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let place = 1; place <= parts.length; place++) {
    const here = place < parts.length ? data[parts[place]! * width + channel] : undefined;
    if (here === data[parts[start]! * width + channel]) continue;
    if (place - start > best.length) best = { start, length: place - start };
    start = place;
  }
  return best;
}
