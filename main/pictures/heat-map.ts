import type { PictureValues } from './picture.ts';

/** Colours from low to high, red, green and blue in 0…1. */
type Scale = readonly (readonly [number, number, number])[];

/** Viridis (van der Walt and Smith, 2015) at nine places, red, green and blue: readable without colour vision. */
const viridis: Scale = [
  [0.267, 0.005, 0.329],
  [0.279, 0.175, 0.483],
  [0.23, 0.322, 0.546],
  [0.173, 0.449, 0.558],
  [0.128, 0.567, 0.551],
  [0.158, 0.684, 0.502],
  [0.369, 0.789, 0.383],
  [0.678, 0.864, 0.19],
  [0.993, 0.906, 0.144],
];

/**
 * Diverging scale from orange over white to blue (ColorBrewer's PuOr, Harrower and Brewer, 2003): told apart without
 * colour vision.
 */
const diverging: Scale = [
  [0.702, 0.345, 0.024],
  [0.992, 0.722, 0.388],
  [0.969, 0.969, 0.969],
  [0.573, 0.773, 0.871],
  [0.043, 0.361, 0.678],
];

/** Map of signed values as colours: orange at `-limit`, white at 0, blue at `limit`. Channels are added up. */
export function signedMap(
  { width, height, channels, values: from }: PictureValues,
  limit: number,
): PictureValues {
  const values = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += from[pixel * channels + channel]!;
    values.set(colourAt(diverging, limit > 0 ? 0.5 + sum / (2 * limit) : 0.5), pixel * 3);
  }
  return { width, height, channels: 3, values };
}

/**
 * Map of values as colours, from `low` (dark violet) to `high` (yellow).
 * @param map with several channels their mean is shown
 */
export function heatMap(map: PictureValues, low: number, high: number): PictureValues {
  const { width, height, channels } = map;
  const values = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += map.values[pixel * channels + channel]!;
    const share = high > low ? (sum / channels - low) / (high - low) : 0;
    values.set(colourAt(viridis, share), pixel * 3);
  }
  return { width, height, channels: 3, values };
}

function colourAt(scale: Scale, share: number): [number, number, number] {
  const position = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const index = Math.min(scale.length - 2, Math.floor(position));
  const [from, to] = [scale[index]!, scale[index + 1]!];
  const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * (position - index);
  return [mix(0), mix(1), mix(2)];
}
