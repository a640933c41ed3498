import type { Plan } from '../../../protocol/plan.ts';
import type { Dataset } from '../../../training/learning/datasets.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import type { Table } from '../../../training/learning/row-table.ts';
import { meanSquaredError } from '../../../training/measures/psnr.ts';
import { type SourceSet, sourceSets, target } from '../reconstruction/setting.ts';
import type { HeldOutPart } from '../reconstruction/world.ts';
import { dropoutPredicts, trainDropout } from './dropout.ts';
import type { Faithfulness } from './faithfulness.ts';
import { calibratedJudge, type Judge, plainJudge } from './judge.ts';
import { type Predict, type Prediction, type Scored, score } from './prediction.ts';
import { productPredicts, productReasons, trainProduct } from './product.ts';
import type { TrustWorld } from './world.ts';

/** Something trained, and the ways to judge what it predicts. */
export interface Trained {
  predict: Predict;
  readonly judges: Readonly<Record<string, (plan: Plan, learned: Scored, held: Scored) => Judge>>;
  /** How faithful the reasons are that a method gives, by its name. */
  readonly reasons?: Readonly<Record<string, (dataset: Dataset) => Promise<Faithfulness | undefined>>>;
}

/** One training, of which one or more methods are judged. */
export interface Training {
  readonly name: string;
  /** Its methods, each with a line for a reader of the table. */
  readonly methods: Readonly<Record<string, string>>;
  train(world: TrustWorld, programs: Programs): Promise<Trained>;
}

const members = 3;

/** Every training, in the order of the table. */
export const trainings: readonly Training[] = [
  {
    name: 'product',
    methods: {
      fedrecon:
        'the product: errors expected from features, intervals and confidence calibrated over the plants',
      posterior: 'the same reconstructions with the deviation of their draws as it is',
    },
    async train(world, programs) {
      const modules = await trainProduct(world, programs);
      return {
        predict: productPredicts(world.plan, modules, programs),
        judges: { fedrecon: calibratedJudge, posterior: plainJudge },
        reasons: { fedrecon: (dataset) => productReasons(world.plan, modules, programs, dataset) },
      };
    },
  },
  {
    name: 'ensemble',
    methods: { ensemble: `a deep ensemble: ${members} models of the product from other seeds` },
    async train(world, programs) {
      const predicts: Predict[] = [];
      for (let member = 1; member <= members; member++) {
        const { training } = world.plan;
        const plan = { ...world.plan, training: { ...training, seed: training.seed + 1000 * member } };
        predicts.push(productPredicts(plan, await trainProduct({ ...world, plan }, programs), programs));
      }
      return { predict: ensemblePredicts(predicts), judges: { ensemble: plainJudge } };
    },
  },
  {
    name: 'dropout',
    methods: { 'mc-dropout': 'a federated regression whose units drop out in use too, 16 passes' },
    async train(world, programs) {
      const modules = await trainDropout(world, programs);
      const noise = new Map<SourceSet, number>();
      return {
        async predict(dataset, source) {
          if (!noise.has(source)) {
            const learned = ableTo(world.learning, source);
            const bare = dropoutPredicts(world.plan, modules, programs, 0);
            const { truth, mean } = await score(world, learned, source, bare);
            noise.set(source, meanSquaredError(truth.data, mean.data));
          }
          return dropoutPredicts(world.plan, modules, programs, noise.get(source)!)(dataset, source);
        },
        judges: { 'mc-dropout': plainJudge },
      };
    },
  },
];

/** The parts whose plants measured the sources and the camera: those that can say how far a reconstruction was off. */
export function ableTo(parts: readonly HeldOutPart[], source: SourceSet): readonly HeldOutPart[] {
  return parts.filter(
    ({ measured, note }) =>
      [target, ...sourceSets[source]].every((name) => measured.includes(name)) && note !== '',
  );
}

/** The members' mean; their mean variance and the variance of their means (Lakshminarayanan et al., arXiv 1612.01474). */
function ensemblePredicts(predicts: readonly Predict[]): Predict {
  return async (dataset, source) => {
    const each: Prediction[] = [];
    for (const predict of predicts) each.push(await predict(dataset, source));
    const { width, data } = each[0]!.mean;
    const mean: Table = {
      width,
      data: data.map((_, at) => each.reduce((sum, one) => sum + one.mean.data[at]!, 0) / each.length),
    };
    const sigma: Table = {
      width,
      data: data.map((_, at) =>
        Math.sqrt(
          each.reduce(
            (sum, one) => sum + one.sigma.data[at]! ** 2 + (one.mean.data[at]! - mean.data[at]!) ** 2,
            0,
          ) / each.length,
        ),
      ),
    };
    return { mean, sigma };
  };
}
