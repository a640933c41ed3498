import { z } from 'zod';
import { file, job, moduleFiles } from './job-messages.ts';

/** Model version: its module files, and its mappings that are bridges, each with the modality that it leads through. */
const modelFiles = z.strictObject({
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
});

/** Job to evaluate a model version on this plant's held-out parts, beside the version in use. */
export const evaluateJob = z.strictObject({
  ...job,
  kind: z.literal('evaluate'),
  datasets: z.array(file).min(1),
  model: modelFiles,
  reference: modelFiles.optional(),
  /** Folder for `evaluation.json` and the pictures. */
  output: file,
});
export type EvaluateJob = z.infer<typeof evaluateJob>;

export interface EvaluateResult {
  readonly kind: 'evaluate';
  /** File of the evaluation as JSON. */
  readonly report: string;
  /** File of the pictures of worst cases and examples (safetensors). */
  readonly pictures: string;
}
