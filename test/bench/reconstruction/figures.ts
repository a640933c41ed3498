import { modalityOf } from '../../../protocol/plan.ts';
import { row, type Table } from '../../../training/learning/table.ts';
import { psnr } from '../../../training/measures/psnr.ts';
import { qualityOf } from '../../../training/measures/quality.ts';
import type { Judge } from './judge.ts';
import { target } from './setting.ts';
import { testDataset, type World } from './world.ts';

/** How good reconstructed camera images of the held-out parts are. */
export interface Figures {
  /** dB, mean over the parts. */
  readonly psnr: number;
  readonly ssim: number;
  /** Share of the reconstructions in which the judge sees the part's true garment type. */
  readonly coherence: number;
  /** Share of the parts whose true image is the nearest of all true images to the reconstruction, by pixels. */
  readonly top1: number;
  /** Share of the parts whose true image is among the ten nearest. */
  readonly top10: number;
  /** Mean PSNR over the parts of the plant where it is lowest. */
  readonly worstPlant: number;
}

/** The true camera images of the held-out parts. */
export function trueImages(world: World): Table {
  return testDataset(world, [target]).modalities[target]!.values;
}

/** PSNR of each held-out part, in dB. */
export function psnrs(truth: Table, images: Table): number[] {
  const count = truth.data.length / truth.width;
  return Array.from({ length: count }, (_, place) => psnr(row(images, place), row(truth, place)));
}

/** All figures; a mean over the tables where a method has a model a plant. */
export async function figuresOf(
  world: World,
  truth: Table,
  tables: readonly Table[],
  judge: Judge,
): Promise<Figures> {
  const modality = modalityOf(world.plan, target);
  const each: (Omit<Figures, 'worstPlant'> & { readonly byPlant: readonly number[] })[] = [];
  for (const images of tables) {
    const byPart = psnrs(truth, images);
    const seen = await judge.classify(images);
    const places = retrievalRanks(truth, images);
    each.push({
      psnr: mean(byPart),
      ssim: mean(byPart.map((_, place) => qualityOf(modality, row(images, place), row(truth, place)).ssim)),
      coherence: mean(world.test.map(({ type }, place) => Number(seen[place] === type))),
      top1: mean(places.map((place) => Number(place < 1))),
      top10: mean(places.map((place) => Number(place < 10))),
      byPlant: world.plants.map((_, plant) =>
        mean(byPart.filter((_, place) => world.test[place]!.plant === plant)),
      ),
    });
  }
  const over = (read: (one: (typeof each)[number]) => number) => mean(each.map(read));
  return {
    psnr: over((one) => one.psnr),
    ssim: over((one) => one.ssim),
    coherence: over((one) => one.coherence),
    top1: over((one) => one.top1),
    top10: over((one) => one.top10),
    worstPlant: Math.min(...world.plants.map((_, plant) => over(({ byPlant }) => byPlant[plant]!))),
  };
}

/** How many true images are nearer to each reconstruction than its own is; equal distances count as half. */
export function retrievalRanks(truth: Table, images: Table): number[] {
  const count = truth.data.length / truth.width;
  return Array.from({ length: count }, (_, place) => {
    const image = row(images, place);
    const own = squaredDistance(image, row(truth, place));
    let nearer = 0;
    for (let other = 0; other < count; other++) {
      if (other === place) continue;
      const distance = squaredDistance(image, row(truth, other));
      if (distance <= own) nearer += distance < own ? 1 : 0.5;
    }
    return nearer;
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += (a[place]! - b[place]!) ** 2;
  return sum;
}
