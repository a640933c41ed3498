import { z } from 'zod';
import { file, job, moduleFiles } from './job-messages.ts';

/** A model version: its modules, and its mappings that are bridges, each with the modality that it leads through. */
const modelFiles = z.strictObject({
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
});

/** Evaluates a model version on this plant's held-out parts, beside the version in use. */
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
  /** The evaluation as JSON. */
  readonly report: string;
  /** Worst cases and examples as a safetensors file. */
  readonly pictures: string;
}
