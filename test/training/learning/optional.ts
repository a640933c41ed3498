import type { Plan } from '../../../protocol/plan.ts';
import type { StageName } from '../../../protocol/schedule.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { RoundJob, RoundResult } from '../../../training/learning/round-job.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { trainOnce } from './rounds.ts';

/** Options of training that the tests of others start from. */
export const training = {
  batch: 8,
  localEpochs: 4,
  learningRate: 0.01,
  seed: 7,
};
export const research = { betaWarmupRounds: 0 };
export const plan = tinyPlan({ training, research });
/** Complete parts. */
export const parts = syntheticParts(plan, 60);

/** The tiny plan with other numbers, those of `research` among them. */
export function planWith(
  { batch = 8, localEpochs = 4, learningRate = 0.01, ...method }: Record<string, unknown>,
  changes: Record<string, unknown> = {},
): Plan {
  return tinyPlan({
    ...changes,
    training: { ...training, batch, localEpochs, learningRate },
    research: { ...research, ...method },
  });
}

/** One round with programs of its own, because the plan decides what is compiled. */
export async function trainBy(
  changed: Plan,
  stage: StageName,
  changes: Partial<RoundJob> = {},
  data: HostTensors = parts,
): Promise<RoundResult> {
  const programs = await onnxPrograms();
  const result = await trainOnce(changed, stage, data, programs, changes);
  await programs.dispose();
  return result;
}
