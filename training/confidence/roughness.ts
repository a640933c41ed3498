import { gridOf, type Modality } from '../../protocol/kinds/index.ts';

const least = 1e-8;

/**
 * Roughness: mean squared difference of neighbouring values, greater than 0; of a picture's pixels both ways, of others
 * along their row.
 */
export function roughness(modality: Modality, values: Float32Array): number {
  const [height, width, channels] = gridOf(modality);
  const line = width * channels;
  const along = squaredSteps(values, channels, line);
  return least + along + (height > 1 ? squaredSteps(values, line, values.length) : 0);
}

/** Mean squared difference of values `step` apart in lines of `length`. */
function squaredSteps(values: Float32Array, step: number, length: number): number {
  let sum = 0;
  let count = 0;
  for (let place = step; place < values.length; place++) {
    if (place % length < step) continue;
    sum += (values[place]! - values[place - step]!) ** 2;
    count++;
  }
  return sum / Math.max(1, count);
}
