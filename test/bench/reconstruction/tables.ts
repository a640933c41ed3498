import { planHash } from '../../../protocol/plan.ts';
import { ablations, patchOf } from './ablations.ts';
import { fedrecon } from './methods/fedrecon.ts';
import type { Patch } from './patch.ts';
import { type Budget, budgets, planOf, type Setting } from './setting.ts';

/**
 * The tables of the benchmark, one a run. Ablations decide about defaults, so they have seeds of their own; they are
 * many trainings, so these are brief.
 */
export const tables = {
  main: {
    title: 'Reconstruction: the main table',
    alphas: [0.1, 1],
    missing: [0.5],
    seeds: [1, 2, 3],
    budget: budgets.full,
  },
  sweeps: {
    title: 'Reconstruction: sweeps',
    alphas: [],
    missing: [],
    seeds: [1, 2, 3],
    budget: budgets.full,
  },
  ablation: { title: 'Ablations', alphas: [0.1], missing: [0.5], seeds: [11, 12], budget: budgets.brief },
} as const;
export type TableName = keyof typeof tables;

/** What the sweeps compare with, if there are no main rows to choose the best rivals from. */
export const usualRivals = ['direct', 'fedavg-poe', 'mmvae-plus'];
export const rivalCount = 3;

/** What decides about the data beside the budget, for which the sweeps vary one thing at a time. */
export const sweeps = [
  { alpha: 100, missing: 0.5 },
  { alpha: 0.1, missing: 0.3 },
  { alpha: 0.1, missing: 0.5 },
  { alpha: 0.1, missing: 0.7 },
] as const;

/** A variant of FedRecon to measure. */
export interface PlannedVariant {
  readonly ingredient: string;
  readonly title: string;
  readonly method: string;
  readonly patch: Patch;
  readonly isDefault: boolean;
}

/** All ablations, with the default in every ingredient: a listed variant that equals it, or a line of its own. */
export async function variantsFor(budget: Budget): Promise<PlannedVariant[]> {
  const setting: Setting = { alpha: 1, missing: 0.5, seed: 1, budget };
  const standard = planHash(await planOf(setting));
  const variants: PlannedVariant[] = [];
  for (const ablation of ablations) {
    const patch = patchOf(ablation, budget);
    const { method = fedrecon.name } = ablation;
    const isDefault = method === fedrecon.name && planHash(await planOf(setting, patch)) === standard;
    // The same cell as the default's, so that it is measured once.
    variants.push({ ...ablation, method, patch: isDefault ? {} : patch, isDefault });
  }
  const groups = [...Map.groupBy(variants, ({ ingredient }) => ingredient)];
  return groups.flatMap(([ingredient, own]) =>
    own.some(({ isDefault }) => isDefault)
      ? own
      : [{ ingredient, title: 'as in the plan', method: fedrecon.name, patch: {}, isDefault: true }, ...own],
  );
}
