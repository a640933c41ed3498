import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentHash } from '../../../protocol/canonical-json.ts';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { scheduledRounds } from '../../../protocol/schedule.ts';
import { merged, type Patch } from './patch.ts';

/** The modality that is reconstructed. */
export const target = 'camera';

/** What a camera image is reconstructed from, by the name that rows carry. */
export const sourceSets = {
  gauge: ['gauge'],
  note: ['note'],
  both: ['gauge', 'note'],
} as const;
export type SourceSet = keyof typeof sourceSets;
export const sourceSetNames = Object.keys(sourceSets) as SourceSet[];

export const plantCount = 10;
/** Plants that hold everything. */
export const completePlants = 3;
/** The largest share of plants without a camera, for the complete ones have one. */
export const mostMissing = (plantCount - completePlants) / plantCount;

/** How much data and work every method is given. */
export interface Budget {
  /** Parts of all plants together, the held-out ones included, and real images for the judge alone. */
  readonly parts: number;
  readonly judgeParts: number;
  readonly judgeEpochs: number;
  /** Rounds of each of FedRecon's stages; every other method has as many rounds as these together. */
  readonly rounds: { readonly generators: number; readonly mappings: number; readonly completion: number };
}

const allParts = { parts: 20_000, judgeParts: 10_000, judgeEpochs: 12 } as const;

/**
 * The full budget is for the tables of methods; the brief one has the same data and three eighths of the rounds, for
 * tables of many trainings; the quick one shows in minutes that everything runs, and is under-trained.
 */
export const budgets = {
  full: { ...allParts, rounds: { generators: 16, mappings: 8, completion: 24 } },
  brief: { ...allParts, rounds: { generators: 6, mappings: 3, completion: 9 } },
  quick: {
    parts: 3000,
    judgeParts: 2000,
    judgeEpochs: 12,
    rounds: { generators: 5, mappings: 4, completion: 7 },
  },
} as const satisfies Record<string, Budget>;

/** One cell of the benchmark: everything that decides about its data. */
export interface Setting {
  /** Concentration of the Dirichlet distribution of garment types over plants. */
  readonly alpha: number;
  /** Share of the plants that have no camera. */
  readonly missing: number;
  readonly seed: number;
  readonly budget: Budget;
}

/** The demonstration's plan with the setting's seed and the budget's rounds, and the changes of `patch`. */
export async function planOf({ seed, budget }: Setting, patch: Patch = {}): Promise<Plan> {
  const file = join(import.meta.dirname, '../../../assets/demo/plan.json');
  const document = JSON.parse(await readFile(file, 'utf8'));
  const stages = Object.entries(budget.rounds).map(([stage, rounds]) => ({ stage, rounds }));
  return parsePlan(merged({ ...document, stages, training: { ...document.training, seed } }, patch));
}

/** Names everything a row was measured under, so that a kept row is never taken for one of other settings. */
export function settingKey(plan: Plan, setting: Setting, images: number): string {
  return `${worldWords(setting, images)} plan ${methodHash(plan)}`;
}

/** Names all of a plan that decides what is learned; not its names, its policy and how long a round waits. */
export function methodHash({ format, name, purpose, policy, rounds, ...method }: Plan): string {
  return documentHash(method).slice(0, 12);
}

/** Share of a rival's serving model that stays in a round. */
export const rivalsEma = 0.7;

/**
 * As {@link settingKey} for a rival, which has settings of its own: of the plan it takes the modalities, the amount of
 * training, with a moving average of the rivals' own. So its rows outlive a change of FedRecon's own options.
 */
export function rivalKey(plan: Plan, setting: Setting, images: number): string {
  const { batch, localEpochs, learningRate, seed } = plan.training;
  const { betaWarmupRounds } = plan.research;
  const taken = {
    modalities: plan.modalities,
    training: { batch, localEpochs, learningRate, betaWarmupRounds, servingEma: rivalsEma, seed },
    rounds: scheduledRounds(plan),
  };
  return `${worldWords(setting, images)} rivals ${documentHash(taken).slice(0, 12)}`;
}

function worldWords({ alpha, missing, seed, budget }: Setting, images: number): string {
  const { parts, judgeParts, judgeEpochs } = budget;
  return Object.entries({ alpha, missing, seed, parts, judgeParts, judgeEpochs, images }).flat().join(' ');
}
