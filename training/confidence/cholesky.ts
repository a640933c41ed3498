import { packedLength } from '../../protocol/calibration/lengths.ts';

/**
 * The Cholesky factor L of a symmetric positive definite matrix, A = L·Lᵀ; both packed.
 * @throws RangeError if the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = matrix.slice();
  for (let row = 0; row < size; row++) {
    const start = packedLength(row);
    for (let column = 0; column <= row; column++) {
      const other = packedLength(column);
      let value = factor[start + column]!;
      for (let place = 0; place < column; place++) value -= factor[start + place]! * factor[other + place]!;
      if (column < row) factor[start + column] = value / factor[other + column]!;
      else if (value > 0) factor[start + column] = Math.sqrt(value);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  return factor;
}

/** Solves L·x = b for a packed lower triangle. */
export function forward(factor: Float64Array, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let row = 0; row < x.length; row++) {
    const start = packedLength(row);
    // One number outside the array: a third of the time for the same sum.
    let value = x[row]!;
    for (let place = 0; place < row; place++) value -= factor[start + place]! * x[place]!;
    x[row] = value / factor[start + row]!;
  }
  return x;
}

/** Solves Lᵀ·x = b for a packed lower triangle. */
export function backward(factor: Float64Array, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let row = x.length - 1; row >= 0; row--) {
    const start = packedLength(row);
    const value = x[row]! / factor[start + row]!;
    x[row] = value;
    for (let place = 0; place < row; place++) x[place]! -= factor[start + place]! * value;
  }
  return x;
}
