import type { Modality } from '../../protocol/plan.ts';

const least = 1e-8;

/** Mean squared difference of neighbouring values, greater than 0: of an image's pixels both ways, of a signal's along it. */
export function roughness(modality: Modality, values: Float32Array): number {
  if (modality.kind !== 'image') return least + squaredSteps(values, 1, values.length);
  const line = modality.width * modality.channels;
  return least + squaredSteps(values, modality.channels, line) + squaredSteps(values, line, values.length);
}

/** Between values `step` apart in lines of `length`. */
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
