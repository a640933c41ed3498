/** Colours of a map from low to high (viridis, van der Walt and Smith, 2015): even in lightness, so they read in grey and with any colour vision. */
export const mapColours = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
] as const;

const stops = mapColours.map((colour) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
);

/** Colour at a share 0…1 of the scale: red, green and blue in 0…255. */
export function mapColour(share: number): [number, number, number] {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const between = (channel: number) =>
    Math.round(
      stops[below]![channel]! + (place - below) * (stops[below + 1]![channel]! - stops[below]![channel]!),
    );
  return [between(0), between(1), between(2)];
}
