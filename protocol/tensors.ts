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
