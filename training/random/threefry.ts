import { createHash } from 'node:crypto';

/**
 * Key of Threefry-2x32 with 20 rounds: a counter-based generator, so any draw is a pure function of a key and a
 * position, on every machine, in any order. Additions, rotations and exclusive ors only, which JavaScript does fast.
 * Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export type Key = readonly [number, number];

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

/** Writes the two 32-bit words of counter (`low`, `high`) under `key` to `out[0]` and `out[1]`. */
export function threefry(key: Key, low: number, high: number, out: Uint32Array): void {
  const key0 = key[0] | 0;
  const key1 = key[1] | 0;
  const key2 = parity ^ key0 ^ key1;
  const schedule = [key1, key2, key0, key1, key2, key0, key1];
  let x = (low + key0) | 0;
  let y = (high + key1) | 0;
  for (let block = 0; block < 5; block++) {
    const first = (block & 1) * 4;
    for (let round = first; round < first + 4; round++) {
      const turn = rotations[round]!;
      x = (x + y) | 0;
      y = ((y << turn) | (y >>> (32 - turn))) ^ x;
    }
    x = (x + schedule[block]!) | 0;
    y = (y + schedule[block + 1]! + block + 1) | 0;
  }
  out[0] = x;
  out[1] = y;
}

/** Key of one stream of draws: the plan's seed and a path of names that no other stream has. */
export function keyOf(seed: number, ...path: readonly (string | number)[]): Key {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, ...path]))
    .digest();
  return [digest.readInt32LE(0), digest.readInt32LE(4)];
}
