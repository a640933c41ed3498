import { side } from './garments.ts';
import type { Random } from './random.ts';

/** Size of a pixel: photographs are taken to show 56 mm a side, so the plan's range is [0, 56] mm. */
export const millimetresPerPixel = 2;
/** Number of values of the profile: 28 rows from the top, then 28 columns from the left. */
export const gaugeLength = 2 * side;

/** Standard deviations of the laser's error: of each value in mm, and of the whole profile (calibration). */
const noise = { value: 0.4, scale: 0.01 };

/** Profile of a laser gauge: the lit width of every row and column in mm, to a tenth, with the gauge's errors. */
export function measureProfile(pixels: Uint8Array, random: Random): number[] {
  const sums = new Array<number>(gaugeLength).fill(0);
  pixels.forEach((value, index) => {
    const width = (value / 255) * millimetresPerPixel;
    sums[Math.floor(index / side)]! += width;
    sums[side + (index % side)]! += width;
  });
  const scale = 1 + noise.scale * random.normal();
  return sums.map((width) => {
    const measured = width * scale + noise.value * random.normal();
    return Math.max(0, Math.round(measured * 10) / 10);
  });
}
