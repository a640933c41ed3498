import { side } from '../../../main/demo/garments.ts';
import { gaugeLength, millimetresPerPixel } from '../../../main/demo/gauge.ts';
import type { Random } from '../../../main/demo/random.ts';

/** The gauge's range in mm: what it reads never lies outside. */
const full = side * millimetresPerPixel;

/** A gauge as it fails, by plant: a profile in mm, and where the part stands in the plant's day (0…1), to what is read. */
export type FaultyGauge = (profile: readonly number[], time: number) => number[];

/** Neighbouring channels that show the same value, whatever is measured. */
export function stuck(channels: number, random: Random): FaultyGauge {
  const within = block(channels, random);
  const value = random.uniform() * full;
  return (profile) => profile.map((width, channel) => (within(channel) ? value : width));
}

/** Neighbouring channels that show nothing. */
export function lost(channels: number, random: Random): FaultyGauge {
  const within = block(channels, random);
  return (profile) => profile.map((width, channel) => (within(channel) ? 0 : width));
}

/** A zero point and a gain that run away evenly; `offset` mm and `gain` more at the end of the day. */
export function drifting(offset: number, gain: number): FaultyGauge {
  return (profile, time) => profile.map((width) => readable(width * (1 + gain * time) + offset * time));
}

/** A share of single readings that are anything in the range. */
export function spiking(share: number, random: Random): FaultyGauge {
  return (profile) => profile.map((width) => (random.chance(share) ? random.uniform() * full : width));
}

function block(channels: number, random: Random): (channel: number) => boolean {
  const first = Math.floor(random.uniform() * (gaugeLength - channels + 1));
  return (channel) => channel >= first && channel < first + channels;
}

function readable(width: number): number {
  return Math.min(full, Math.max(0, width));
}
