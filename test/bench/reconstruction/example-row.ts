import type { Row } from './rows.ts';

/** A row for tests of what is made from rows. */
export const exampleRow: Row = {
  method: 'fedrecon',
  alpha: 0.1,
  missing: 0.5,
  seed: 1,
  source: 'gauge',
  psnr: 17.5,
  ssim: 0.5,
  coherence: 0.75,
  pixelTop1: 0.25,
  pixelTop10: 0.5,
  worstPlant: 16,
  top1: 0.3,
  top10: 0.6,
  top1Unmapped: null,
  top10Unmapped: null,
  parameters: 500_000,
  mflop: 1.5,
  spread: 0.1,
  largestDrop: 0.05,
  bytesPerRound: 2e6,
  secondsPerRound: 1.5,
  trainSeconds: 90,
  trainMflop: 4,
  judgeOnTruth: 0.9,
  course: [
    [4, 12],
    [8, 16],
    [12, 17.5],
  ],
};
