import type { ImageFigures, LatentFigures } from './figures.ts';
import type { Cost } from './methods/method.ts';
import type { Samples } from './samples.ts';
import type { SourceSet } from './setting.ts';

/** One method in one setting, from one source set. */
export interface Row extends ImageFigures, LatentFigures, Cost {
  readonly method: string;
  readonly alpha: number;
  /** Share of the plants without a camera. */
  readonly missing: number;
  readonly seed: number;
  readonly source: SourceSet;
  /** Highest less lowest mean PSNR over the last ten rounds, in dB. */
  readonly spread: number;
  /** Largest fall of it from one of them to the next. */
  readonly largestDrop: number;
  /** Of all plants together, sent and received, mean over the rounds. */
  readonly bytesPerRound: number;
  /** Training of all plants, one after the other, in seconds of work; mean over the rounds. See `workWatch`. */
  readonly secondsPerRound: number;
  /** The same of all rounds together. */
  readonly trainSeconds: number;
  /**
   * All floating-point operations of training, gradients and optimiser runs as they were, in millions for each pass of each
   * plant's part that the schedule allows: the same divisor for every method, so ratios are those of the whole training.
   */
  readonly trainMflop: number;
  /** Share of the true images that the judge is right about: what coherence can reach. */
  readonly judgeOnTruth: number;
  /** Mean PSNR after rounds: every fourth, and each of the last ten. */
  readonly course: readonly (readonly [round: number, psnr: number])[];
}

/** What one method gives in one setting. */
export interface Measured {
  /** A row for each source set. */
  readonly rows: readonly Row[];
  readonly samples?: Samples;
}
