/**
 * Viridis (Nathaniel Smith and Stéfan van der Walt, CC0): even steps of brightness, readable without
 * colour vision. Nine of its colours, between which is interpolated.
 */
const stops: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
];

/** The colour of a value in 0…1 (clipped) as red, green, blue in 0…255. */
export function viridis(value: number): [number, number, number] {
  const position = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(position), stops.length - 2);
  const share = position - index;
  const [from, to] = [stops[index]!, stops[index + 1]!];
  return from.map((start, channel) => Math.round(start + share * (to[channel]! - start))) as [
    number,
    number,
    number,
  ];
}

/** The scale as a CSS gradient from left to right. */
export const viridisGradient = `linear-gradient(90deg, ${stops.map((colour) => `rgb(${colour.join(' ')})`).join(', ')})`;
