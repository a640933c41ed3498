import type { Picture } from '../../../training/kinds/looking.ts';
import type { PilotShown } from '../../api/views/pilot.ts';
import { figureOf } from '../../kinds/index.ts';
import { encodePicture } from '../../pictures/picture.ts';
import { ink, type Sheet } from './paper.ts';

/** PNG of a picture, four times as large without smoothing: paper shows its pixels as they are. */
export function pngOf({ width, height, channels, values }: Picture, enlarged = 1): Uint8Array {
  const pixels = Array.from({ length: width * height * enlarged ** 2 * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    const x = Math.floor((pixel % (width * enlarged)) / enlarged);
    const y = Math.floor(Math.floor(pixel / (width * enlarged)) / enlarged);
    return values[(y * width + x) * channels + (index % channels)]! / 255;
  });
  return encodePicture({ width: width * enlarged, height: height * enlarged, channels, values: pixels });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a measurement into a box: a picture, a line, or words. @param range of all lines that are to be compared */
export function drawShown(
  sheet: Sheet,
  shown: PilotShown,
  pictures: readonly Picture[],
  { x, y, width, height }: Box,
  {
    colour,
    range,
    size,
  }: {
    readonly colour: string;
    readonly range?: readonly [number, number] | undefined;
    readonly size: number;
  },
): void {
  const figure = figureOf(shown);
  switch (figure.form) {
    case 'picture':
      sheet.image(pngOf(pictures[figure.picture]!, 4), x, y, width, height);
      return;
    case 'line': {
      const [low, high] = range ?? extentOf(figure.values);
      const points = figure.values.map((value, index): [number, number] => [
        x + (width * index) / Math.max(1, figure.values.length - 1),
        y + height - (height * (Math.min(high, Math.max(low, value)) - low)) / (high - low || 1),
      ]);
      sheet.rectangle(x, y, width, height, ink.surface);
      if (points.length === 1) points.push([x + width, points[0]![1]]);
      sheet.line(points, colour, 0.9);
      return;
    }
    case 'words':
      sheet.text(figure.words, x, y, width, { size: size * 0.82, colour });
  }
}

/** Least and largest of some values. */
export function extentOf(...rows: readonly (readonly number[])[]): [number, number] {
  return [Math.min(...rows.map((row) => Math.min(...row))), Math.max(...rows.map((row) => Math.max(...row)))];
}
