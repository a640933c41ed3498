import { modalityOf } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import { type Dataset, partsWith } from '../../../../training/learning/datasets.ts';
import { row, type Table } from '../../../../training/learning/row-table.ts';
import { sourceSets, target } from '../setting.ts';
import { type BenchPlant, testDataset, type World } from '../world.ts';
import { repeated } from './mean-image.ts';
import type { Method } from './method.ts';

/** The image of the most similar own part: nothing is learned, nothing leaves a plant. */
export const nearestNeighbour: Method = {
  name: 'nearest-neighbour',
  about: 'the image of the most similar part inside one complete plant; mean over the complete plants',
  outside: 'alone',
  cost(world, source) {
    const { plan } = world;
    const width = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + valueSize(modalityOf(plan, name)), 0);
    const sources = sourceSets[source];
    const plants = completePlants(world);
    const parts = plants.map(({ dataset }) => partsWith(dataset, target, ...sources).length);
    const candidates = parts.reduce((sum, count) => sum + count, 0) / plants.length;
    // Three operations a value: the difference, its square, the sum. What is stored is the plant's own parts.
    return {
      parameters: Math.round(candidates) * width([target, ...sources]),
      mflop: (3 * candidates * width(sources)) / 1e6,
    };
  },
  async *run(world) {
    const complete = completePlants(world);
    yield {
      round: 1,
      rounds: 1,
      seconds: 0,
      bytes: 0,
      reconstruct: (source) =>
        Promise.resolve(complete.map((plant) => nearestImages(world, plant, sourceSets[source]))),
    };
  },
};

function completePlants({ plants, plan }: World): BenchPlant[] {
  return plants.filter(({ held }) => held.length === plan.modalities.length);
}

function nearestImages(world: World, { dataset }: BenchPlant, sources: readonly string[]): Table {
  const candidates = partsWith(dataset, target, ...sources);
  const scales = sources.map((name) => 1 / varianceOf(dataset, name, candidates));
  const test = testDataset(world, sources);
  const images = dataset.modalities[target]!.values;
  return repeated(world, (place) => {
    let best = { part: candidates[0]!, distance: Number.POSITIVE_INFINITY };
    for (const part of candidates) {
      const distance = sources.reduce((sum, name, index) => {
        const [a, b] = [test, dataset].map((side) => side.modalities[name]!.values) as [Table, Table];
        return sum + scales[index]! * squaredDistance(row(a, place), row(b, part));
      }, 0);
      if (distance < best.distance) best = { part, distance };
    }
    return row(images, best.part);
  });
}

/** Sum of the variances of a modality's values: what brings distances of several modalities to one scale. */
function varianceOf(dataset: Dataset, name: string, parts: Uint32Array): number {
  const { values } = dataset.modalities[name]!;
  const sums = new Float64Array(values.width);
  let squares = 0;
  for (const part of parts)
    for (const [place, value] of row(values, part).entries()) {
      sums[place]! += value;
      squares += value * value;
    }
  const means = sums.reduce((total, sum) => total + (sum / parts.length) ** 2, 0);
  return squares / parts.length - means;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += (a[place]! - b[place]!) ** 2;
  return sum;
}
