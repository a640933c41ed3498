import { z } from 'zod';
import { calibrationPass } from '../../../protocol/calibration/lengths.ts';
import { file, job, moduleFiles } from './job-messages.ts';

/** Job to make a plant's sums of one pass of a model's calibration. */
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
  /** File of the sums (safetensors); null where no route has enough parts. */
  readonly sums: string | null;
  /** Number of values in the sums, and the largest number of parts behind a route. */
  readonly numbers: number;
  readonly parts: number;
  /** Routes that are left out, each with the number of parts that are missing. */
  readonly missing: Readonly<Record<string, number>>;
}
