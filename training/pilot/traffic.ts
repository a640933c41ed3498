import { moduleCost } from '../../protocol/cost.ts';
import { type ModuleName, moduleUse } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';

/** Traffic of a plant in a stage of a plan, in bytes. */
export interface StageTraffic {
  readonly stage: StageName;
  readonly rounds: number;
  /** Bytes sent in each round: all modules trained here. */
  readonly up: number;
  /** Bytes fetched in each round: modules that others have changed since. */
  readonly down: number;
  /** Bytes fetched once, when the stage begins: modules that stay frozen in it. */
  readonly once: number;
}

/**
 * Traffic of a plant that holds `has`, by stage, as float32 tensors; the wire adds headers of a few hundred bytes a
 * module. A module is fetched again only when a plant of the federation trained it in the round before, and only if
 * this plant trains or uses it (`moduleUse`). Plans that freeze decoders in some rounds are counted by the first round
 * of a stage.
 */
export function planTraffic(plan: Plan, has: readonly string[]): StageTraffic[] {
  const everything = plan.modalities.map(({ name }) => name);
  let first = 1;
  return plan.stages.map(({ stage, rounds }) => {
    const own = moduleUse(plan, has, stage, first);
    const trainedSomewhere = new Set(moduleUse(plan, everything, stage, first).train);
    // A plant without a modality trains mappings to it in completion; one with all of them trains none such.
    const changing = (name: ModuleName) => trainedSomewhere.has(name) || name.startsWith('mapping/');
    const fetched = [...own.train, ...own.use];
    first += rounds;
    return {
      stage,
      rounds,
      up: bytes(plan, own.train),
      down: bytes(plan, fetched.filter(changing)),
      once: bytes(
        plan,
        fetched.filter((name) => !changing(name)),
      ),
    };
  });
}

/** Traffic of the whole schedule, both ways, in bytes. */
export function scheduleBytes(stages: readonly StageTraffic[]): number {
  return stages.reduce((sum, { rounds, up, down, once }) => sum + rounds * (up + down) + once, 0);
}

/** Seconds that `bytes` take on a line of `megabits` a second. */
export function secondsOnLine(bytes: number, megabits: number): number {
  return (8 * bytes) / (megabits * 1e6);
}

function bytes(plan: Plan, modules: readonly ModuleName[]): number {
  return modules.reduce((sum, name) => sum + moduleCost(plan, name).bytes, 0);
}
