/** Numbers that share an array: making one for each row takes longer than reading it, and leaves memory to be collected. */
const numbersTogether = 1 << 13;

let pool = new Float64Array(0);
let used = 0;

/** Room for so many numbers of a row, which nobody else is given. */
export function roomForNumbers(count: number): Float64Array {
  if (used + count > pool.length) {
    pool = new Float64Array(Math.max(count, numbersTogether));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
