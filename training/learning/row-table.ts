/** Table: rows of equal width in one array, such as values of a modality, features or latents. */
export interface Table {
  /** Values, row-major: rows × width. */
  readonly data: Float32Array;
  readonly width: number;
}

/** Table of zeros. */
export function emptyTable(rows: number, width: number): Table {
  return { data: new Float32Array(rows * width), width };
}

/** Row of a table, sharing its memory. */
export function row({ data, width }: Table, index: number): Float32Array {
  return data.subarray(index * width, (index + 1) * width);
}

/** Mean of some rows; zeros of none. */
export function meanRow(table: Table, indices: ArrayLike<number>): Float32Array {
  const sums = new Float64Array(table.width);
  for (let place = 0; place < indices.length; place++)
    for (const [column, value] of row(table, indices[place]!).entries()) sums[column]! += value;
  return Float32Array.from(sums, (sum) => sum / Math.max(1, indices.length));
}

/** Copies the rows `indices` of `table` to the start of `target`, which may be longer. */
export function gather(table: Table, indices: ArrayLike<number>, target: Float32Array): void {
  for (let place = 0; place < indices.length; place++)
    target.set(row(table, indices[place]!), place * table.width);
}

/** Copies the first rows of `source` to the rows `indices` of `table`. */
export function scatter(source: Float32Array, indices: ArrayLike<number>, table: Table): void {
  const { width } = table;
  for (let place = 0; place < indices.length; place++)
    table.data.set(source.subarray(place * width, (place + 1) * width), indices[place]! * width);
}
