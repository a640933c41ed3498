/**
 * Dense float32 tensor as plain memory, the form in which tensors cross every border (engine, disk, wire). `data` is
 * row-major and has exactly `shape.reduce((a, b) => a * b, 1)` values.
 */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Tensors by name. A name is a path: `encoder/camera/hidden0/kernel`. */
export type HostTensors = Record<string, HostTensor>;

/** The number of values a tensor of `shape` holds; 1 for a scalar (`[]`). */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/**
 * True if no value is NaN or infinite. Sums of float32 values in float64 never overflow, so they are finite where all
 * values are; four of them, because one would wait for each addition. Every input of every step goes through here.
 */
export function allFinite(data: Float32Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = data.length - (data.length % 4);
  for (let index = 0; index < whole; index += 4) {
    a += data[index]!;
    b += data[index + 1]!;
    c += data[index + 2]!;
    d += data[index + 3]!;
  }
  for (let index = whole; index < data.length; index++) a += data[index]!;
  return Number.isFinite(a + b + c + d);
}
