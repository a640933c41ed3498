import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
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
  /** Training of all plants, one after the other; mean over the rounds. */
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

/** A method's rows lie in one line, so that a kill leaves all or none of them. */
interface Line extends Measured {
  readonly setting: string;
}

/** Finished rows in a file of JSON lines, so that an interrupted run goes on where it was. */
export interface RowFile {
  /** What a method gave in a setting; undefined if it was not finished. */
  find(setting: string, method: string): Measured | undefined;
  /** Adds all rows of a method at once. */
  add(setting: string, measured: Measured): Promise<void>;
}

/** Opens the file, which need not exist. A line that was cut off by a kill is left out. */
export async function openRows(path: string): Promise<RowFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').flatMap((line) => parse(line) ?? []);
  const cut = text !== '' && !text.endsWith('\n');
  if (cut) await appendFile(path, '\n');
  return {
    find: (setting, method) =>
      lines.find((line) => line.setting === setting && line.rows.some((row) => row.method === method)),
    async add(setting, measured) {
      const line: Line = { setting, ...measured };
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, `${JSON.stringify(line)}\n`);
      lines.push(line);
    },
  };
}

function parse(line: string): Line | undefined {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
}
