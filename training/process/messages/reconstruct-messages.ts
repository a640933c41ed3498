import { z } from 'zod';
import { calibrationPass } from '../../../protocol/calibration/lengths.ts';
import { file, job, moduleFiles } from './job-messages.ts';

/** Job to reconstruct what the parts lack, with draws for a provisional confidence. */
export const reconstructJob = z.strictObject({
  ...job,
  kind: z.literal('reconstruct'),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  /** Number of draws; fewer than usual where the mean alone is wanted. */
  draws: z.int().min(2).max(256).optional(),
  /** Mappings that are bridges by the model's record, each with the modality that it leads through. */
  bridges: z.record(z.string(), z.string()).default({}),
  /** Files of the model's finished calibration by pass; without it confidences are provisional. */
  calibration: z.record(calibrationPass, file).optional(),
  /** True: also reconstruct modalities that a part has (to compare with the measurement). */
  includeMeasured: z.boolean().default(false),
  output: file,
});
export type ReconstructJob = z.infer<typeof reconstructJob>;

export interface ReconstructResult {
  readonly kind: 'reconstruct';
  /** Files of reconstructions (safetensors), one for each modality in which something was reconstructed. */
  readonly files: Readonly<Record<string, string>>;
}
