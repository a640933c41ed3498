import { type Key, threefry } from './threefry.ts';

const words = new Uint32Array(2);
/** Factor 2⁻³², which brings a 32-bit word into [0, 1). */
const unit = 2 ** -32;

/**
 * Fills `target` with standard normal values: number i is draw `start + i` of the key's stream, whatever
 * was drawn before. Box–Muller, two values a counter. `start` must be even.
 */
export function fillNormal(target: Float32Array, key: Key, start = 0): void {
  for (let index = 0; index < target.length; index += 2) {
    const counter = (start + index) / 2;
    threefry(key, counter | 0, (counter / 2 ** 32) | 0, words);
    // The half keeps the logarithm away from 0.
    const radius = Math.sqrt(-2 * Math.log((words[0]! + 0.5) * unit));
    const angle = 2 * Math.PI * words[1]! * unit;
    target[index] = radius * Math.cos(angle);
    if (index + 1 < target.length) target[index + 1] = radius * Math.sin(angle);
  }
}

/** Fills `target` with values uniform in [`low`, `high`). */
export function fillUniform(target: Float32Array, key: Key, low: number, high: number): void {
  for (let index = 0; index < target.length; index += 2) {
    threefry(key, index / 2, 0, words);
    target[index] = low + (high - low) * words[0]! * unit;
    if (index + 1 < target.length) target[index + 1] = low + (high - low) * words[1]! * unit;
  }
}

/** Draw at `position` of the key's stream, uniform in [0, 1). */
export function uniformAt(key: Key, position: number): number {
  threefry(key, position | 0, (position / 2 ** 32) | 0, words);
  return words[0]! * unit;
}

/** Permutation of 0 … `length` − 1 (Fisher–Yates). */
export function permutation(length: number, key: Key): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(uniformAt(key, last) * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
