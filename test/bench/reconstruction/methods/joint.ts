import type * as tf from '@tensorflow/tfjs';
import type { ModuleName } from '../../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../../protocol/plan.ts';
import { moduleShapes, type Shapes } from '../../../../protocol/shapes.ts';
import type { HostTensors } from '../../../../protocol/tensors.ts';
import { partsWith } from '../../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import type { Table } from '../../../../training/learning/row-table.ts';
import type { Task } from '../../../../training/learning/task.ts';
import { encode } from '../../../../training/model/autoencoder.ts';
import type { Gaussian } from '../../../../training/model/gaussian.ts';
import { parameter, type Weights } from '../../../../training/model/layers.ts';
import { initialTensors, runOnRows } from '../network.ts';
import { type SourceSet, sourceSets, target } from '../setting.ts';
import { type BenchPlant, testDataset, type World } from '../world.ts';
import type { Latents } from './method.ts';

/** The plan with latents of one width for all modalities: `times` as wide as the camera's. */
export function withJointLatent(plan: Plan, times = 1): Plan {
  const latent = modalityOf(plan, target).latent * times;
  return { ...plan, modalities: plan.modalities.map((entry) => ({ ...entry, latent })) };
}

/** An autoencoder of all modalities that a plant holds, trained in one task. */
export interface JointLoss {
  /** Normal draws a part. */
  readonly noise: number;
  /** What is trained in a module beside the plan's parameters. */
  more?(module: ModuleName): Shapes;
  /** The negative log-likelihood and the KL, sums over the parts by their weight; `<modality>/present` is [batch, 1]. */
  loss(weights: Weights, given: Weights): tf.Scalar[];
}

/** Encoder and decoder of some modalities. */
export function generators(names: readonly string[]): ModuleName[] {
  return names.flatMap((name) => [`encoder/${name}`, `decoder/${name}`] as const);
}

/** All modules before the first round. */
export function initialGenerators(plan: Plan, more: JointLoss['more'] = () => ({})): ModuleTensors {
  const modules = generators(plan.modalities.map(({ name }) => name));
  const start = (module: ModuleName) =>
    initialTensors(plan.training.seed, { ...moduleShapes(plan, module), ...more(module) });
  return Object.fromEntries(modules.map((module) => [module, start(module)]));
}

/** The one task of a plant: a negative ELBO, with the plan's β after its warm-up. */
export function jointTask(
  plan: Plan,
  { dataset, held }: BenchPlant,
  round: number,
  { noise, more, loss }: JointLoss,
): Task {
  const { batch } = plan.training;
  const { beta, betaWarmupRounds } = plan.research;
  const modules = generators(held);
  const parts = partsWith(dataset);
  const presence = (name: string) => ({ data: dataset.modalities[name]!.present, width: 1 });
  const inputs: Record<string, Table> = {
    ...Object.fromEntries(held.map((name) => [name, dataset.modalities[name]!.values])),
    ...Object.fromEntries(held.map((name) => [`${name}/present`, presence(name)])),
  };
  return {
    name: `joint ${held.join('+')}`,
    modules,
    objective: {
      trained: Object.assign(
        {},
        ...modules.map((module) => ({ ...moduleShapes(plan, module), ...more?.(module) })),
      ),
      frozen: {},
      batch: {
        ...Object.fromEntries(Object.entries(inputs).map(([name, { width }]) => [name, [batch, width]])),
        noise: [batch, noise],
        weight: [batch],
      },
      terms: ['likelihood', 'kl'],
      loss,
    },
    factors: [1, beta * (betaWarmupRounds === 0 ? 1 : Math.min(1, (round - 1) / betaWarmupRounds))],
    examples: { parts, inputs, noise },
    samples: parts.length,
  };
}

/** Where the parts of some modalities' posteriors lie in the joint latent: [rows, width]. */
export interface JointCentre {
  readonly width: number;
  centre(posteriors: readonly Gaussian[]): tf.Tensor2D;
}

/** The joint latents of the held-out parts, from a source set and from the true images. There is nothing to map. */
export async function jointLatents(
  world: World,
  plan: Plan,
  { width, centre }: JointCentre,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Latents> {
  const centreOf = (names: readonly string[]) => {
    const encoded = encodedRows(world, plan, names);
    return runOnRows(
      programs,
      {
        name: `latent ${names.join('+')}`,
        weights: weightsOf(serving, encoded.modules),
        width,
        fn: (given, inputs) => centre(encoded.posteriors(given, inputs)),
      },
      encoded.values,
    );
  };
  const posterior = await centreOf(sourceSets[source]);
  return { truth: await centreOf([target]), mapped: posterior, own: posterior };
}

/** What it takes to encode some modalities of the held-out parts. */
export function encodedRows(world: World, plan: Plan, names: readonly string[]) {
  const { modalities } = testDataset(world, names);
  return {
    modules: names.map((name): ModuleName => `encoder/${name}`),
    values: Object.fromEntries(names.map((name) => [name, modalities[name]!.values])),
    posteriors: (weights: Weights, inputs: Weights): Gaussian[] =>
      names.map((name) => encode(modalityOf(plan, name), weights, parameter(inputs, name))),
  };
}

/** The tensors of some modules by name. */
export function weightsOf(serving: ModuleTensors, modules: readonly ModuleName[]): HostTensors {
  return Object.assign({}, ...modules.map((module) => serving[module]));
}
