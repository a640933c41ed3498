import { modalityOf } from '../../../protocol/plan.ts';
import { row, type Table } from '../../../training/learning/row-table.ts';
import { qualityOf } from '../../../training/measures/picture-quality.ts';
import { psnr } from '../../../training/measures/psnr.ts';
import { mean } from '../../../training/measures/statistics.ts';
import type { Judge } from './judge.ts';
import type { Latents } from './methods/method.ts';
import { imageRanks, latentRanks, shareWithin } from './retrieval.ts';
import { target } from './setting.ts';
import { testDataset, type World } from './world.ts';

/** How good reconstructed camera images of the held-out parts are. */
export interface ImageFigures {
  /** dB, mean over the parts. */
  readonly psnr: number;
  readonly ssim: number;
  /** Share of the reconstructions in which the judge sees the part's true garment type. */
  readonly coherence: number;
  /** Share of the parts whose true image is the nearest of all true images to the reconstruction, by pixels. */
  readonly pixelTop1: number;
  /** Share of the parts whose true image is among the ten nearest. */
  readonly pixelTop10: number;
  /** Mean PSNR over the parts of the plant where it is lowest. */
  readonly worstPlant: number;
}

/**
 * Shares of the parts whose own camera latent is the nearest, or among the ten nearest, of all parts' camera latents to
 * what the sources give, by cosine; null for a method that has none.
 */
export interface LatentFigures {
  /** With the mapping; in a joint latent, of the sources' posterior. */
  readonly top1: number | null;
  readonly top10: number | null;
  /** Of the sources' own latents, where they are as wide as the camera's. */
  readonly top1Unmapped: number | null;
  readonly top10Unmapped: number | null;
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

/** The figures of images; a mean over the tables where a method has a model a plant. */
export async function imageFigures(
  world: World,
  truth: Table,
  tables: readonly Table[],
  judge: Judge,
): Promise<ImageFigures> {
  const modality = modalityOf(world.plan, target);
  const each: (Omit<ImageFigures, 'worstPlant'> & { readonly byPlant: readonly number[] })[] = [];
  for (const images of tables) {
    const byPart = psnrs(truth, images);
    const seen = await judge.classify(images);
    const ranks = imageRanks(truth, images);
    each.push({
      psnr: mean(byPart),
      ssim: mean(byPart.map((_, place) => qualityOf(modality, row(images, place), row(truth, place)).ssim)),
      coherence: mean(world.test.map(({ type }, place) => Number(seen[place] === type))),
      pixelTop1: shareWithin(ranks, 1),
      pixelTop10: shareWithin(ranks, 10),
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
    pixelTop1: over((one) => one.pixelTop1),
    pixelTop10: over((one) => one.pixelTop10),
    worstPlant: Math.min(...world.plants.map((_, plant) => over(({ byPlant }) => byPlant[plant]!))),
  };
}

/** The figures of latents; a mean over the models where a method has one a plant. */
export function latentFigures(latents: readonly Latents[]): LatentFigures {
  const mapped = latents.map(({ truth, mapped }) => latentRanks(truth, mapped));
  const own = latents.flatMap(({ truth, own }) => (own ? [latentRanks(truth, own)] : []));
  const share = (ranks: readonly (readonly number[])[], top: number) =>
    ranks.length === 0 ? null : mean(ranks.map((one) => shareWithin(one, top)));
  return {
    top1: share(mapped, 1),
    top10: share(mapped, 10),
    top1Unmapped: share(own, 1),
    top10Unmapped: share(own, 10),
  };
}
