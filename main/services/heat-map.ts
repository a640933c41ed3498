import type { Picture } from './png.ts';

/** Viridis (van der Walt and Smith, 2015) at nine places, red, green and blue: readable without colour vision. */
const viridis: readonly (readonly [number, number, number])[] = [
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
 * A map of values as colours, from `low` (dark violet) to `high` (yellow).
 * @param map with several channels their mean is shown
 */
export function heatMap(map: Picture, low: number, high: number): Picture {
  const { width, height, channels } = map;
  const values = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += map.values[pixel * channels + channel]!;
    const share = high > low ? (sum / channels - low) / (high - low) : 0;
    values.set(colourAt(share), pixel * 3);
  }
  return { width, height, channels: 3, values };
}

function colourAt(share: number): [number, number, number] {
  const position = Math.min(1, Math.max(0, share)) * (viridis.length - 1);
  const index = Math.min(viridis.length - 2, Math.floor(position));
  const [from, to] = [viridis[index]!, viridis[index + 1]!];
  const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * (position - index);
  return [mix(0), mix(1), mix(2)];
}
