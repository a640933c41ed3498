import type { ComparedRow } from './compare.ts';

/** Names of a row's figures. */
export type Figure = {
  [K in keyof ComparedRow]: ComparedRow[K] extends number | null ? K : never;
}[keyof ComparedRow];

/** How a figure is shown. */
export interface Column {
  readonly figure: Exclude<Figure, 'alpha' | 'missing' | 'seed'>;
  readonly title: string;
  readonly unit: string;
  /** Stored value × scale is shown, with so many decimals. */
  readonly scale: number;
  readonly decimals: number;
  /** Which of two is better; undefined where a method is not judged by it. */
  readonly better?: 'higher' | 'lower';
  /** Whether it says something of training only, and nothing of what is not trained. */
  readonly trained?: true;
}

const percent = { unit: '%', scale: 100, decimals: 1, better: 'higher' } as const;
const decibel = { unit: 'dB', scale: 1, decimals: 2 } as const;

/** All figures by what they tell. */
export const columns = {
  quality: [
    { figure: 'psnr', title: 'PSNR', ...decibel, better: 'higher' },
    { figure: 'ssim', title: 'SSIM', unit: '', scale: 1, decimals: 3, better: 'higher' },
    { figure: 'coherence', title: 'coherence', ...percent },
    { figure: 'top1', title: 'top 1', ...percent },
    { figure: 'top10', title: 'top 10', ...percent },
    { figure: 'top1Unmapped', title: 'top 1 unmapped', ...percent },
    { figure: 'top10Unmapped', title: 'top 10 unmapped', ...percent },
    { figure: 'pixelTop1', title: 'pixel top 1', ...percent },
    { figure: 'pixelTop10', title: 'pixel top 10', ...percent },
  ],
  stability: [
    { figure: 'spread', title: 'spread', ...decibel, better: 'lower', trained: true },
    { figure: 'largestDrop', title: 'largest drop', ...decibel, better: 'lower', trained: true },
    { figure: 'worstPlant', title: 'worst plant', ...decibel, better: 'higher' },
    { figure: 'gapToCentralised', title: 'gap to centralised', ...decibel, better: 'lower' },
    { figure: 'roundsTo90', title: 'rounds to 90 %', unit: '', scale: 1, decimals: 0, better: 'lower' },
  ],
  cost: [
    { figure: 'parameters', title: 'parameters', unit: 'thousand', scale: 1e-3, decimals: 0 },
    { figure: 'mflop', title: 'an image', unit: 'MFLOP', scale: 1, decimals: 2 },
    { figure: 'trainMflop', title: 'training, a part and pass', unit: 'MFLOP', scale: 1, decimals: 2 },
    { figure: 'bytesPerRound', title: 'a round', unit: 'MB', scale: 1e-6, decimals: 2 },
    { figure: 'secondsPerRound', title: 'a round', unit: 's', scale: 1, decimals: 2 },
    { figure: 'trainSeconds', title: 'all rounds', unit: 's', scale: 1, decimals: 0 },
  ],
} as const satisfies Record<string, readonly Column[]>;

/** `PSNR, dB` */
export function headOf({ title, unit }: Column): string {
  return unit === '' ? title : `${title}, ${unit}`;
}
