import type { Plan } from '../../../protocol/plan.ts';
import { featuresOf } from '../../../training/confidence/features.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { type Dataset, partsWith } from '../../../training/learning/datasets.ts';
import type { FrozenModel, ModuleTensors } from '../../../training/learning/inference.ts';
import { openPrograms, type Programs } from '../../../training/learning/programs.ts';
import { spread } from '../../../training/measures/spread.ts';
import { usualDraws } from '../../../training/reconstruction/part-draws.ts';
import { reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { sourceSets, target } from '../reconstruction/setting.ts';
import type { World } from '../reconstruction/world.ts';
import { simulate } from '../simulate.ts';
import { type Faithfulness, faithfulnessOf } from './faithfulness.ts';
import type { Predict } from './prediction.ts';

/** Trains the product on the world's plants and gives its model. */
export async function trainProduct({ plan, plants }: World, programs: Programs): Promise<ModuleTensors> {
  let serving: ModuleTensors = {};
  for await (const round of simulate(plan, plants, programs)) serving = round.serving;
  return serving;
}

/** The product's reconstructions with the features of each. */
export function productPredicts(plan: Plan, modules: ModuleTensors, programs: Programs): Predict {
  const frozen: FrozenModel = { plan, programs, modules, abort: new AbortController().signal };
  const fetched = new Set(Object.keys(modules));
  return async (dataset, source) => {
    const options = {
      draws: usualDraws,
      includeMeasured: false,
      fetched,
      targets: [target],
      progress: () => {},
    };
    const { mean, sigma } = (await reconstruct(frozen, dataset, options))[target]!;
    const sources = sourceSets[source];
    const parts = partsWith(dataset);
    const features = await featuresOf(frozen, dataset, { target, sources, parts, mean, sigma });
    return { mean, sigma, features };
  };
}

export function withPrograms<T>(engine: Engine, use: (programs: Programs) => Promise<T>): Promise<T> {
  const programs = openPrograms(engine);
  return use(programs).finally(() => programs.dispose());
}

/** Parts whose reasons are put to the test: evenly spread. */
const explained = 16;

/** How faithful the product's reasons are for reconstructions of these parts. */
export function productReasons(
  plan: Plan,
  modules: ModuleTensors,
  programs: Programs,
  dataset: Dataset,
): Promise<Faithfulness | undefined> {
  const { signal } = new AbortController();
  const model = {
    plan,
    programs,
    modules,
    abort: signal,
    dataset,
    fetched: new Set(Object.keys(modules)),
    learned: {},
  };
  return faithfulnessOf(model, target, Uint32Array.from(spread(partsWith(dataset), explained)));
}
