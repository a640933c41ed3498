import * as tf from '@tensorflow/tfjs';
import { type Modality, modalityOf, type Plan } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import type { Modules } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import type { Table } from '../../../../training/learning/table.ts';
import type { Task } from '../../../../training/learning/tasks.ts';
import { decode, encode } from '../../../../training/model/autoencoder.ts';
import { type Gaussian, klToPrior, sample } from '../../../../training/model/gaussian.ts';
import { kinds } from '../../../../training/model/kinds/table.ts';
import { parameter, type Weights } from '../../../../training/model/layers.ts';
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
import type { Method } from './method.ts';

/** A modality's own posterior, and which parts have it: 1 or 0, [batch, 1] or for all. */
export type Expert = readonly [posterior: Gaussian, present: tf.Tensor | number];

/** What makes a joint posterior of the modalities' own ones. */
interface Joint {
  /** Sets of modalities whose joint posterior is trained to tell all modalities. */
  subsets(held: readonly string[]): string[][];
  /** The posterior that a subset is trained by. */
  posterior(experts: readonly Expert[]): Gaussian;
  /** Where the parts of these posteriors lie in the joint latent. */
  centre(posteriors: readonly Gaussian[]): tf.Tensor2D;
  /** Images of the parts, from the posteriors of the sources. */
  imageOf(posteriors: readonly Gaussian[], decodeMean: (z: tf.Tensor2D) => tf.Tensor2D): tf.Tensor2D;
}

/** Wu and Goodman, arXiv 1802.05335, with every subset trained: the product of the experts and of the prior expert. */
const productOfExperts: Joint = {
  subsets: everySubset,
  posterior: product,
  centre: productOfAll,
  imageOf: (posteriors, decodeMean) => decodeMean(productOfAll(posteriors)),
};

/** Shi et al., arXiv 1911.03393, with one draw of each expert (stratified) and the KL of each to the prior. */
const mixtureOfExperts: Joint = {
  subsets: (held) => held.map((name) => [name]),
  posterior: ([expert]) => expert![0],
  centre: (posteriors) => tf.div(tf.addN(posteriors.map(({ mean }) => mean)), posteriors.length),
  imageOf: (posteriors, decodeMean) =>
    tf.div(tf.addN(posteriors.map(({ mean }) => decodeMean(mean))), posteriors.length),
};

/** What another federated method changes of plain averaging. */
export interface Federation {
  /** Options of the plan: the server's rule. */
  readonly plan?: Partial<Plan>;
  task?(task: Task): Task;
  /** Called for every run, since it may remember. */
  training?(): RivalTraining;
}

/** A federated multimodal autoencoder with one latent for all modalities, as wide as the camera's. */
function mvae(name: string, about: string, joint: Joint, federation: Federation = {}): Method {
  const { task = (plain: Task) => plain, training } = federation;
  return {
    name,
    about,
    run(world, engine) {
      const plan = { ...withJointLatent(world.plan), ...federation.plan };
      const { latent } = modalityOf(plan, target);
      return federate(world, engine, {
        plan,
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

export const fedavgPoe = mvae(
  'fedavg-poe',
  'FedAvg of an autoencoder with one joint latent, product of experts',
  productOfExperts,
);

/** The model of {@link fedavgPoe} by another federated method than averaging. */
export function federatedPoe(name: string, about: string, federation: Federation): Method {
  return mvae(name, about, productOfExperts, federation);
}

export const fedavgMoe = mvae(
  'fedavg-moe',
  'FedAvg of an autoencoder with one joint latent, mixture of experts',
  mixtureOfExperts,
);

/** All non-empty subsets. */
export function everySubset(names: readonly string[]): string[][] {
  return Array.from({ length: 2 ** names.length - 1 }, (_, index) =>
    names.filter((_, place) => ((index + 1) >> place) & 1),
  );
}

/**
 * The product of Gaussian experts and of the prior N(0, I), in which precisions add up. What a part lacks has none.
 */
export function product(experts: readonly Expert[]): Gaussian {
  const precisions = experts.map(
    ([{ logvar }, present]) => tf.mul(tf.exp(tf.neg(logvar)), present) as tf.Tensor2D,
  );
  const precision = precisions.reduce((sum, one) => tf.add(sum, one), tf.onesLike(precisions[0]!));
  const weighted = experts.map(([{ mean }], place) => tf.mul(mean, precisions[place]!));
  const mean = tf.div(
    weighted.reduce((sum, one) => tf.add(sum, one)),
    precision,
  );
  return { mean: mean as tf.Tensor2D, logvar: tf.neg(tf.log(precision)) };
}

function productOfAll(posteriors: readonly Gaussian[]): tf.Tensor2D {
  return product(posteriors.map((one): Expert => [one, 1])).mean;
}

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
      const loss = kinds[entry.kind].negativeLogLikelihood(x, raw, weights, `decoder/${entry.name}`);
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
  serving: Modules,
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
          kinds[camera.kind].mean(decode(camera, given, z)),
        ),
    },
    encoded.values,
  );
}
