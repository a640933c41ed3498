import { z } from 'zod';
import { calibrationPass } from '../../../protocol/calibration/lengths.ts';
import { file, job, moduleFiles } from './job-messages.ts';

/** Makes a plant's sums of one pass of a model's calibration. */
export const calibrateJob = z.strictObject({
  ...job,
  kind: z.literal('calibrate'),
  pass: calibrationPass,
  /** Names of the routes that are asked for. */
  routes: z.array(z.string()).min(1),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
  /** Files of the sums of all plants, of the passes before. */
  sums: z.partialRecord(calibrationPass, file),
  /** Folder for `sums.safetensors`. */
  output: file,
});
export type CalibrateJob = z.infer<typeof calibrateJob>;

export interface CalibrateResult {
  readonly kind: 'calibrate';
  /** The sums as a safetensors file; null: no route has enough parts. */
  readonly sums: string | null;
  /** How many numbers there are in them, of how many parts at most. */
  readonly numbers: number;
  readonly parts: number;
  /** Routes that are left out, each with the number of parts that it lacks. */
  readonly missing: Readonly<Record<string, number>>;
}
