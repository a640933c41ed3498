import type { RangeFields } from './kind.ts';

/** Scales physical values to the model's 0…1 by the plan's range: (x − low) / (high − low), not clipped. */
export function scaleSignal({ range }: Pick<RangeFields, 'range'>, values: ArrayLike<number>): Float32Array {
  const [low, high] = range;
  return Float32Array.from(values, (value) => (value - low) / (high - low));
}

/** Scales values of the model's 0…1 back to the plan's unit. */
export function unscaleSignal(
  { range }: Pick<RangeFields, 'range'>,
  values: ArrayLike<number>,
): Float32Array {
  const [low, high] = range;
  return Float32Array.from(values, (value) => low + value * (high - low));
}
