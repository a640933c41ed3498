import type { HostTensor } from '../../../protocol/tensors.ts';
import { sizeOf } from '../../../protocol/tensors.ts';

/** Repeatable numbers in [0, 1): the mulberry32 generator. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A tensor of numbers spread evenly over [low, high). */
export function uniform(random: () => number, shape: readonly number[], low = -1, high = 1): HostTensor {
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random()) };
}

/** ‖a − b‖ / ‖b‖, or the plain norm of the difference where b is zero. */
export function relativeDistance(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  let norm = 0;
  for (let index = 0; index < b.length; index++) {
    difference += (a[index]! - b[index]!) ** 2;
    norm += b[index]! ** 2;
  }
  return Math.sqrt(difference) / (Math.sqrt(norm) || 1);
}
