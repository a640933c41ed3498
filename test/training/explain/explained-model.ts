import { modulesOf } from '../../../protocol/modules.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { ExplainedModel } from '../../../training/explain/explained-model.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import { initialModule } from '../../../training/model/initialise.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { syntheticParts } from '../model/parts.ts';

/**
 * Synthetic parts, and a model of random weights in which everything that can change a reconstruction does: residuals
 * and variance heads too, which start from nothing.
 * @param untrained modules that the federation has not trained
 */
export function explainedModel(
  plan: Plan,
  programs: Programs,
  {
    count = 12,
    lacks,
    untrained = [],
  }: {
    count?: number;
    lacks?: (modality: string, part: number) => boolean;
    untrained?: readonly string[];
  } = {},
): ExplainedModel {
  const modules = Object.fromEntries(
    modulesOf(plan).map((name) => {
      const tensors = Object.entries(initialModule(plan, name)).map(([tensor, { shape, data }]) => {
        if (/(residual|logvar)\/(kernel|bias)$/.test(tensor)) {
          fillNormal(data, keyOf(3, tensor));
          data.forEach((value, place) => {
            data[place] = 0.3 * value;
          });
        }
        return [tensor, { shape, data }] as const;
      });
      return [name, Object.fromEntries(tensors)];
    }),
  );
  const fetched = new Set<string>(modulesOf(plan).filter((name) => !untrained.includes(name)));
  const dataset = datasetOf(plan, syntheticParts(plan, count, lacks));
  return { plan, programs, modules, dataset, fetched, abort: new AbortController().signal };
}
