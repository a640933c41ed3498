import { z } from 'zod';

/** Stages of training. A plan lists the order that it wants them in. */
export const stageName = z.enum(['generators', 'mappings', 'completion']);
export type StageName = z.infer<typeof stageName>;

/** Stages in order, each with its number of rounds; the last one goes on for ever. */
export const stages = z
  .array(z.strictObject({ stage: stageName, rounds: z.int().min(1).max(10_000) }))
  .min(1)
  .max(20);

interface Scheduled {
  readonly stages: z.infer<typeof stages>;
}

/** Stage of round `round` (1-based), and the round's place in it. */
export function stageOfRound(
  plan: Scheduled,
  round: number,
): { stage: StageName; index: number; roundInStage: number; last: boolean } {
  let first = 1;
  for (const [index, entry] of plan.stages.entries()) {
    const isLastStage = index === plan.stages.length - 1;
    if (round < first + entry.rounds || isLastStage) {
      return {
        stage: entry.stage,
        index,
        roundInStage: round - first + 1,
        last: round >= first + entry.rounds - 1,
      };
    }
    first += entry.rounds;
  }
  throw new Error('a plan has at least one stage');
}

/** Number of rounds in the whole schedule. */
export function scheduledRounds(plan: Scheduled): number {
  return plan.stages.reduce((sum, entry) => sum + entry.rounds, 0);
}
