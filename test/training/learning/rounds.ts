import type { Plan } from '../../../protocol/plan.ts';
import type { StageName } from '../../../protocol/schedule.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import { trainRound } from '../../../training/learning/round.ts';
import type { RoundJob, RoundResult } from '../../../training/learning/round-job.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';

/** Trains one round on the tensors of a data set file, in memory. */
export function trainOnce(
  plan: Plan,
  stage: StageName,
  parts: HostTensors,
  programs: Programs,
  changes: Partial<RoundJob> = {},
): Promise<RoundResult> {
  return trainRound({
    plan,
    stage,
    round: 1,
    dataset: datasetOf(plan, parts),
    modules: {},
    programs,
    state: memoryStateStore(),
    key: 'key',
    abort: new AbortController().signal,
    progress: () => {},
    ...changes,
  });
}

/** All tensors of a result in one record. */
export function tensorsOf(result: RoundResult): HostTensors {
  return Object.assign({}, ...[...result.modules.values()].map(({ tensors }) => tensors));
}

/** The trained modules as the next round fetches them. */
export function modulesOf(...results: readonly RoundResult[]): ModuleTensors {
  const entries = results.flatMap((result) =>
    [...result.modules].map(([name, { tensors }]) => [name, tensors] as const),
  );
  return Object.fromEntries(entries);
}
