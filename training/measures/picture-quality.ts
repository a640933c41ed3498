import type { Modality } from '../../protocol/kinds/index.ts';
import { measures } from './measure-table.ts';
import { mean } from './statistics.ts';

/**
 * Quality that demonstration and benchmarks publish for every kind but words: both figures have the same scale for all
 * of them.
 */
export interface Quality {
  /** Peak signal-to-noise ratio in dB, at most 100. */
  readonly psnr: number;
  /** Structural similarity, −1…1. */
  readonly ssim: number;
}

/** Quality, PSNR and SSIM, of one part's values (0…1). */
export function qualityOf(modality: Modality, a: ArrayLike<number>, b: ArrayLike<number>): Quality {
  return { psnr: measures.psnr.ofPart(modality, a, b), ssim: measures.ssim.ofPart(modality, a, b) };
}

/** Mean quality over parts; NaN of none. */
export function meanQuality(qualities: readonly Quality[]): Quality {
  return { psnr: mean(qualities.map(({ psnr }) => psnr)), ssim: mean(qualities.map(({ ssim }) => ssim)) };
}
