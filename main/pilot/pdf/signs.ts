import type { Sheet } from './paper.ts';

/** Signs as strokes in a unit square: told apart by form first, by colour second. */
const strokes = {
  tick: [
    [
      [0, 0.55],
      [0.35, 0.9],
      [1, 0.1],
    ],
  ],
  triangle: [
    [
      [0.5, 0.05],
      [1, 0.95],
      [0, 0.95],
      [0.5, 0.05],
    ],
  ],
  cross: [
    [
      [0.05, 0.05],
      [0.95, 0.95],
    ],
    [
      [0.95, 0.05],
      [0.05, 0.95],
    ],
  ],
} as const;

export type Sign = keyof typeof strokes;

/** Draws a sign of that height. */
export function drawSign(
  sheet: Sheet,
  sign: Sign,
  x: number,
  y: number,
  height: number,
  colour: string,
): void {
  for (const stroke of strokes[sign])
    sheet.line(
      stroke.map(([across, down]) => [x + across * height, y + down * height] as const),
      colour,
      height / 5,
    );
}
