/** Rectangle of pixels, or of channels of a signal as an image one pixel high. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Places of a rectangle's values, all channels of each pixel. */
export function placesIn(
  { width, channels }: { readonly width: number; readonly channels: number },
  { left, top, width: wide, height: tall }: Rectangle,
): number[] {
  return placesFrom(top, top + tall).flatMap((y) =>
    placesFrom((y * width + left) * channels, (y * width + left + wide) * channels),
  );
}

/** Starts of intervals of `step`: 0, `step`, 2 · `step`, … under `length`. */
export function startsIn(length: number, step: number): number[] {
  return placesFrom(0, Math.ceil(length / step)).map((index) => index * step);
}

/** Places `from` … `to` − 1. */
export function placesFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
