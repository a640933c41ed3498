import { mapColour } from '../../components/map-colours.ts';

/** How far two pictures are apart, pixel by pixel, in shares of full scale. */
export interface PictureDifference {
  readonly values: Float32Array;
  readonly most: number;
  readonly mean: number;
}

/** Mean distance of the channels of each pixel. @param one,other red, green, blue and opacity of each pixel, 0…255 */
export function pictureDifference(one: Uint8ClampedArray, other: Uint8ClampedArray): PictureDifference {
  const values = new Float32Array(one.length / 4);
  let [most, sum] = [0, 0];
  for (let pixel = 0; pixel < values.length; pixel++) {
    let apart = 0;
    for (let at = 4 * pixel; at < 4 * pixel + 3; at++) apart += Math.abs(one[at]! - other[at]!);
    const share = apart / (3 * 255);
    values[pixel] = share;
    most = Math.max(most, share);
    sum += share;
  }
  return { values, most, mean: values.length > 0 ? sum / values.length : 0 };
}

/** The difference in the colours of a map, from none to the most: red, green, blue and opacity of each pixel. */
export function differenceColours({ values, most }: PictureDifference): Uint8ClampedArray<ArrayBuffer> {
  const colours = new Uint8ClampedArray(values.length * 4);
  for (const [pixel, value] of values.entries())
    colours.set([...mapColour(most > 0 ? value / most : 0), 255], 4 * pixel);
  return colours;
}
