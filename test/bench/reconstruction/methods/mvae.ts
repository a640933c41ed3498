import * as tf from '@tensorflow/tfjs';
import type { ServerOptimiser } from '../../../../aggregator/rounds/server-optimiser.ts';
import { type Modality, modalityOf, type Plan } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import type { Table } from '../../../../training/learning/row-table.ts';
import type { Task } from '../../../../training/learning/task.ts';
import { decode, encode } from '../../../../training/model/autoencoder.ts';
import { klToPrior, sample } from '../../../../training/model/gaussian.ts';
import { parameter, type Weights } from '../../../../training/model/layers.ts';
import { expectedMeasurement, negativeLogLikelihood } from '../../../../training/model/likelihood.ts';
import { federate, type RivalTraining } from '../federate.ts';
import { runOnRows } from '../network.ts';
import { type SourceSet, sourceSets, target } from '../setting.ts';
import type { World } from '../world.ts';
import {
  encodedRows,
  initialGenerators,
  jointLatents,
  jointTask,
  weightsOf,
  withJointLatent,
} from './joint.ts';
import { type Expert, type Joint, mixtureOfExperts, productOfExperts } from './joint-posterior.ts';
import { type Tuned, trainedWith } from './method.ts';

/** The weight of the KL, as `tuning.ts` says. */
export const poeSettings = { beta: 0.1 };
const moeSettings = { beta: 0.1 };
type MvaeSettings = typeof poeSettings;
type Named<Settings> = Pick<Tuned<Settings>, 'name' | 'about' | 'settings'>;

/** What another federated method changes of plain averaging. */
export interface Federation {
  readonly server?: ServerOptimiser;
  task?(task: Task): Task;
  /** Called for every run, since it may remember. */
  training?(): RivalTraining;
}

/** A federated multimodal autoencoder with one latent for all modalities, as wide as the camera's. */
function mvae<Settings extends MvaeSettings>(
  { name, about, settings }: Named<Settings>,
  joint: Joint,
  federation: Federation = {},
): Tuned<Settings> {
  const { task = (plain: Task) => plain, training, server } = federation;
  return {
    name,
    about,
    settings,
    run(world, engine) {
      const { beta } = settings;
      const plan = trainedWith(withJointLatent(world.plan), { beta });
      const { latent } = modalityOf(plan, target);
      return federate(world, engine, {
        plan,
        server,
        initial: initialGenerators(plan),
        tasks(plant, round) {
          const entries = plant.held.map((name) => modalityOf(plan, name));
          const subsets = joint.subsets(plant.held);
          const loss = (weights: Weights, given: Weights) =>
            subsetLosses(joint, entries, subsets, weights, given);
          return [task(jointTask(plan, plant, round, { noise: subsets.length * latent, loss }))];
        },
        training: training?.(),
        reconstruct: (source, serving, programs) =>
          reconstructJointly(world, plan, joint, source, serving, programs),
        latents: (source, serving, programs) =>
          jointLatents(world, plan, { width: latent, centre: joint.centre }, source, serving, programs),
      });
    },
  };
}

export function fedavgPoeWith(settings: MvaeSettings): Tuned<MvaeSettings> {
  const about = 'FedAvg of an autoencoder with one joint latent, product of experts';
  return mvae({ name: 'fedavg-poe', about, settings }, productOfExperts);
}

export function fedavgMoeWith(settings: MvaeSettings): Tuned<MvaeSettings> {
  const about = 'FedAvg of an autoencoder with one joint latent, mixture of experts';
  return mvae({ name: 'fedavg-moe', about, settings }, mixtureOfExperts);
}

/** The model of `fedavg-poe` by another federated method than averaging. */
export function federatedPoe<Settings extends MvaeSettings>(
  method: Named<Settings>,
  federation: Federation,
): Tuned<Settings> {
  return mvae(method, productOfExperts, federation);
}

export const fedavgPoe = fedavgPoeWith(poeSettings);
export const fedavgMoe = fedavgMoeWith(moeSettings);

/** Means over the subsets: −log p of all modalities that a part has, and the KL of the joint posterior. */
function subsetLosses(
  joint: Joint,
  entries: readonly Modality[],
  subsets: readonly (readonly string[])[],
  weights: Weights,
  given: Weights,
): tf.Scalar[] {
  const present = (name: string) => parameter<tf.Rank.R2>(given, `${name}/present`);
  const posteriors = new Map(
    entries.map((entry) => [entry.name, encode(entry, weights, parameter(given, entry.name))]),
  );
  const noises = tf.split<tf.Tensor2D>(parameter(given, 'noise'), subsets.length, 1);
  const share = tf.div(parameter(given, 'weight'), subsets.length);
  const likelihoods: tf.Tensor[] = [];
  const kls: tf.Tensor[] = [];
  for (const [index, subset] of subsets.entries()) {
    const posterior = joint.posterior(subset.map((name): Expert => [posteriors.get(name)!, present(name)]));
    const z = sample(posterior, noises[index]!);
    // A part that lacks all of the subset teaches nothing by it.
    const known = tf.max(tf.concat(subset.map(present), 1), 1);
    const weight = tf.mul(share, known);
    for (const entry of entries) {
      const raw = decode(entry, weights, z);
      const x = parameter<tf.Rank.R2>(given, entry.name);
      const loss = negativeLogLikelihood(entry, x, raw, weights);
      const has = tf.reshape(present(entry.name), [-1]);
      likelihoods.push(tf.sum(tf.mul(tf.mul(loss, has), weight)));
    }
    kls.push(tf.sum(tf.mul(klToPrior(posterior), weight)));
  }
  const total = (terms: readonly tf.Tensor[]) => terms.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  return [total(likelihoods), total(kls)];
}

/** The held-out parts' images from the joint posterior of a source set. */
function reconstructJointly(
  world: World,
  plan: Plan,
  joint: Joint,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Table> {
  const camera = modalityOf(plan, target);
  const encoded = encodedRows(world, plan, sourceSets[source]);
  return runOnRows(
    programs,
    {
      name: `joint ${source}`,
      weights: weightsOf(serving, [...encoded.modules, `decoder/${target}`]),
      width: valueSize(camera),
      fn: (given, inputs) =>
        joint.imageOf(encoded.posteriors(given, inputs), (z) =>
          expectedMeasurement(camera, decode(camera, given, z)),
        ),
    },
    encoded.values,
  );
}
