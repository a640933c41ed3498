import { emptyTable, row, type Table } from '../../../training/learning/row-table.ts';

/** How many true images are nearer to each reconstruction than its own is, by squared pixel error; equal ones count half. */
export function imageRanks(truth: Table, images: Table): number[] {
  return ranks(truth, images, (a, b) => {
    let sum = 0;
    for (let place = 0; place < a.length; place++) sum += (a[place]! - b[place]!) ** 2;
    return sum;
  });
}

/** The same by cosine: how many parts' true latents point more nearly where the given one points. */
export function latentRanks(truth: Table, given: Table): number[] {
  return ranks(unitRows(truth), unitRows(given), (a, b) => {
    let sum = 0;
    for (let place = 0; place < a.length; place++) sum -= a[place]! * b[place]!;
    return sum;
  });
}

/** Share of the ranks below `top`. */
export function shareWithin(ranked: readonly number[], top: number): number {
  return ranked.filter((rank) => rank < top).length / ranked.length;
}

function ranks(
  truth: Table,
  given: Table,
  distanceOf: (a: Float32Array, b: Float32Array) => number,
): number[] {
  const rows = Array.from({ length: truth.data.length / truth.width }, (_, place) => row(truth, place));
  return rows.map((right, place) => {
    const own = row(given, place);
    const limit = distanceOf(own, right);
    let nearer = 0;
    for (const [other, values] of rows.entries()) {
      if (other === place) continue;
      const distance = distanceOf(own, values);
      if (distance <= limit) nearer += distance < limit ? 1 : 0.5;
    }
    return nearer;
  });
}

function unitRows(table: Table): Table {
  const count = table.data.length / table.width;
  const result = emptyTable(count, table.width);
  for (let place = 0; place < count; place++) {
    const values = row(table, place);
    const length = Math.hypot(...values);
    row(result, place).set(values.map((value) => value / (length || 1)));
  }
  return result;
}
