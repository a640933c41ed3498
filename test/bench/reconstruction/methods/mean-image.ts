import { modalityOf } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import { emptyTable, row, type Table } from '../../../../training/learning/row-table.ts';
import { target } from '../setting.ts';
import { ableTo, type World } from '../world.ts';
import type { Method } from './method.ts';

/** The mean of every camera image of the federation, whatever was measured. */
export const meanImage: Method = {
  name: 'mean-image',
  about: 'the mean of all camera images, the same for every part',
  cost: ({ plan }) => ({ parameters: valueSize(modalityOf(plan, target)), mflop: 0 }),
  async *run(world) {
    const began = performance.now();
    const mean = meanOfImages(world);
    yield {
      round: 1,
      rounds: 1,
      seconds: (performance.now() - began) / 1000,
      // Each camera plant sends its sum, and every plant gets the mean.
      bytes: (ableTo(world).length + world.plants.length) * mean.byteLength,
      reconstruct: () => Promise.resolve([repeated(world, () => mean)]),
    };
  },
};

/** A table of the held-out parts with an image for each. */
export function repeated({ test }: World, imageOf: (place: number) => Float32Array): Table {
  const table = emptyTable(test.length, imageOf(0).length);
  for (const place of test.keys()) row(table, place).set(imageOf(place));
  return table;
}

/** The mean camera image of all plants' parts that have one; of those of one garment type, if it is given. */
export function meanOfImages(world: World, type?: number): Float32Array {
  const plants = ableTo(world);
  const sum = new Float64Array(plants[0]!.dataset.modalities[target]!.values.width);
  let count = 0;
  for (const { dataset, types } of plants) {
    const { values, present } = dataset.modalities[target]!;
    for (const [part, has] of present.entries()) {
      if (has !== 1 || (type !== undefined && types[part] !== type)) continue;
      for (const [place, value] of row(values, part).entries()) sum[place]! += value;
      count++;
    }
  }
  return count === 0 ? meanOfImages(world) : Float32Array.from(sum, (value) => value / count);
}
