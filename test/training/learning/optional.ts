import type { Plan } from '../../../protocol/plan.ts';
import type { StageName } from '../../../protocol/schedule.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Programs } from '../../../training/learning/programs.ts';
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
/** Of the same parts, two modalities: enough for mappings, of which four modalities have twelve to compile. */
export const pairs = syntheticParts(plan, 60, (name) => name !== 'camera' && name !== 'gauge');

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

const opened = new Map<string, Promise<Programs>>();

/**
 * Programs for all plans that compile alike. Neither how long and how fast a plan trains is compiled, nor the weight of
 * a term, which is an input; that a term is there stands in a program's name.
 */
function programsOf({ modalities, mapping, training, research }: Plan): Promise<Programs> {
  const { mappingInput, freeBits, errorCorrelation } = research;
  const key = JSON.stringify([modalities, mapping, training.batch, mappingInput, freeBits, errorCorrelation]);
  const programs = opened.get(key) ?? onnxPrograms();
  opened.set(key, programs);
  return programs;
}

/** Frees what {@link trainBy} compiled: after all tests of a file. */
export async function disposePrograms(): Promise<void> {
  const programs = await Promise.all(opened.values());
  opened.clear();
  for (const one of programs) await one.dispose();
}

/** One round by a plan, which decides what is compiled; plans that compile alike share it. */
export async function trainBy(
  changed: Plan,
  stage: StageName,
  changes: Partial<RoundJob> = {},
  data: HostTensors = parts,
): Promise<RoundResult> {
  return trainOnce(changed, stage, data, await programsOf(changed), changes);
}
