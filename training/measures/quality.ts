import type { Modality, ModalityKind } from '../../protocol/plan.ts';
import { psnr } from './psnr.ts';
import { type Extent, ssim } from './ssim.ts';
import { mean } from './statistics.ts';

/** How close a reconstruction is to the truth. */
export interface Quality {
  /** dB, at most 100. */
  readonly psnr: number;
  /** −1…1. */
  readonly ssim: number;
}

const extents: { readonly [K in ModalityKind]: (modality: Extract<Modality, { kind: K }>) => Extent } = {
  image: ({ height, width, channels }) => ({ sides: [height, width], channels }),
  signal: ({ length }) => ({ sides: [length], channels: 1 }),
  text: ({ buckets }) => ({ sides: [buckets], channels: 1 }),
};

/** PSNR and SSIM of one part's values (normalised to 0…1); SSIM in two dimensions for an image, in one for the rest. */
export function qualityOf(modality: Modality, a: ArrayLike<number>, b: ArrayLike<number>): Quality {
  const extent = extents[modality.kind] as (modality: Modality) => Extent;
  return { psnr: psnr(a, b), ssim: ssim(a, b, extent(modality)) };
}

/** Mean over parts; NaN of none. */
export function meanQuality(qualities: readonly Quality[]): Quality {
  return { psnr: mean(qualities.map(({ psnr }) => psnr)), ssim: mean(qualities.map(({ ssim }) => ssim)) };
}
