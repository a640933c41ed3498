import { z } from 'zod';
import type { Backing } from '../../../protocol/backing.ts';
import { modalityName } from '../../../protocol/kinds/fields.ts';
import { stageName } from '../../../protocol/schedule.ts';
import { file, job, moduleFiles } from './job-messages.ts';

/** Job to train this plant's modules for one round. */
export const trainJob = z.strictObject({
  ...job,
  kind: z.literal('train'),
  stage: stageName,
  round: z.int().min(1),
  /** Modalities that the round trains with; the data sets may hold more. */
  has: z.array(modalityName).min(1),
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  /** Folder of the optimiser moments of earlier rounds and of this round's checkpoint. */
  state: file,
  /** Folder for the trained modules. */
  output: file,
});
export type TrainJob = z.infer<typeof trainJob>;

export interface TrainedModule {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Weight in the federated average: parts that taught it. */
  readonly samples: number;
  readonly backing: Backing;
}

export interface TrainResult {
  readonly kind: 'train';
  readonly modules: readonly TrainedModule[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly samplesPerSecond: number;
}
