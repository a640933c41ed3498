import * as tf from '@tensorflow/tfjs';
import type { ModuleName } from '../../../../protocol/modules.ts';
import { type Modality, modalityOf } from '../../../../protocol/plan.ts';
import { type Shapes, valueSize } from '../../../../protocol/shapes.ts';
import { decode, encode } from '../../../../training/model/autoencoder.ts';
import { type Gaussian, gaussianNll, klToPrior, sample } from '../../../../training/model/gaussian.ts';
import { detach, parameter, type Weights } from '../../../../training/model/layers.ts';
import { expectedMeasurement, negativeLogLikelihood } from '../../../../training/model/likelihood.ts';
import { federate } from '../federate.ts';
import { runOnRows } from '../network.ts';
import { sourceSets, target } from '../setting.ts';
import {
  encodedRows,
  initialGenerators,
  jointLatents,
  jointTask,
  weightsOf,
  withJointLatent,
} from './joint.ts';
import { type Tuned, trainedWith } from './method.ts';

/** A modality's posteriors of what it shares with the others and of what is its own. */
interface Halves {
  readonly shared: Gaussian;
  readonly own: Gaussian;
}

/** What the grid in `tuning.ts` chose. */
const chosen = { beta: 0.1 };

/** Palumbo et al., ICLR 2023, "MMVAE+: Enhancing the Generative Quality of Multimodal VAEs without Compromises". */
export const mmvaePlus = mmvaePlusWith(chosen);

/**
 * The method with another β. Shared and own latents are Gaussian, each as wide as the camera's latent; the bound is
 * the published one with one draw of each expert.
 */
export function mmvaePlusWith(settings: typeof chosen): Tuned<typeof chosen> {
  return {
    name: 'mmvae-plus',
    about:
      'FedAvg of MMVAE+: a shared latent by a mixture of experts, and a latent of its own for each modality',
    settings,
    run(world, engine) {
      const plan = trainedWith(withJointLatent(world.plan, 2), settings);
      const camera = modalityOf(plan, target);
      const width = camera.latent / 2;
      const more = (module: ModuleName) => auxiliaryShapes(module, width);
      return federate(world, engine, {
        plan,
        initial: initialGenerators(plan, more),
        tasks(plant, round) {
          const entries = plant.held.map((name) => modalityOf(plan, name));
          const loss = (weights: Weights, given: Weights) => bound(entries, weights, given);
          const noise = entries.length * (entries.length + 1) * width;
          return [jointTask(plan, plant, round, { noise, more, loss })];
        },
        reconstruct(source, serving, programs) {
          const { modules, values, posteriors } = encodedRows(world, plan, sourceSets[source]);
          const imageOf = (weights: Weights, shared: tf.Tensor2D) =>
            expectedMeasurement(
              camera,
              decode(camera, weights, tf.concat([shared, tf.zerosLike(shared)], 1)),
            );
          return runOnRows(
            programs,
            {
              name: `joint ${source}`,
              weights: weightsOf(serving, [...modules, `decoder/${target}`]),
              width: valueSize(camera),
              // The mean over the experts' images, each with the camera's own latent at the centre of its prior.
              fn: (weights, inputs) =>
                mean(posteriors(weights, inputs).map((one) => imageOf(weights, halves(one).shared.mean))),
            },
            values,
          );
        },
        latents: (source, serving, programs) => {
          const centre = (posteriors: readonly Gaussian[]) =>
            mean(posteriors.map((one) => halves(one).shared.mean));
          return jointLatents(world, plan, { width, centre }, source, serving, programs);
        },
      });
    },
  };
}

/** Learned log-variance of the prior from which a decoder draws its own latent when another modality is the source. */
const auxiliary = (module: string) => `${module}/auxiliary/spread`;

function auxiliaryShapes(module: ModuleName, width: number): Shapes {
  return module.startsWith('decoder/') ? { [auxiliary(module)]: [width] } : {};
}

/**
 * The negative bound, equation 5 of the paper with one draw: each modality a part has tells by its shared latent all
 * that the part has. It decodes itself with its own latent; the others with draws from their auxiliary priors, so
 * that what only one modality knows cannot travel through the shared latent.
 */
function bound(entries: readonly Modality[], weights: Weights, given: Weights): tf.Scalar[] {
  const present = (name: string) => tf.reshape(parameter(given, `${name}/present`), [-1]) as tf.Tensor1D;
  const experts = entries.map(({ name }) => present(name));
  const posteriors = entries.map((entry) =>
    halves(encode(entry, weights, parameter<tf.Rank.R2>(given, entry.name))),
  );
  const noises = tf.split<tf.Tensor2D>(parameter(given, 'noise'), entries.length * (entries.length + 1), 1);
  const weight = tf.div(parameter(given, 'weight'), entries.length);
  const likelihoods: tf.Tensor[] = [];
  const divergences: tf.Tensor[] = [];
  for (const [source, { shared, own }] of posteriors.entries()) {
    const counts = tf.mul(weight, experts[source]!);
    const u = sample(shared, noises.pop()!);
    for (const [place, entry] of entries.entries()) {
      const decoder = `decoder/${entry.name}`;
      const spread = parameter<tf.Rank.R1>(weights, auxiliary(decoder));
      const noise = noises.pop()!;
      const w = place === source ? sample(own, noise) : tf.mul(tf.exp(tf.mul(spread, 0.5)), noise);
      const raw = decode(entry, weights, tf.concat([u, w as tf.Tensor2D], 1));
      const x = parameter<tf.Rank.R2>(given, entry.name);
      const loss = negativeLogLikelihood(entry, x, raw, weights);
      likelihoods.push(tf.sum(tf.mul(tf.mul(loss, experts[place]!), counts)));
    }
    const mixture = logMixture(
      u,
      posteriors.map((one) => one.shared),
      experts,
    );
    const prior = gaussianNll(u, tf.zerosLike(u), tf.scalar(0));
    divergences.push(tf.sum(tf.mul(tf.add(tf.add(mixture, prior), klToPrior(own)), counts)));
  }
  return [likelihoods, divergences].map((terms) => tf.addN(terms) as tf.Scalar);
}

/**
 * log of the mixture of the experts that a part has, at u, in nats: [batch].
 * @param present 1 or 0 for each expert: [batch]
 */
export function logMixture(
  u: tf.Tensor2D,
  experts: readonly Gaussian[],
  present: readonly tf.Tensor1D[],
): tf.Tensor1D {
  const logs = experts.map(({ mean, logvar }, place) =>
    // An absent expert's density is as good as none.
    tf.sub(tf.mul(tf.sub(present[place]!, 1), 1e6), gaussianNll(u, mean, logvar)),
  );
  const largest = detach(logs.reduce((one, other) => tf.maximum(one, other)));
  const sum = tf.addN(logs.map((one) => tf.exp(tf.sub(one, largest))));
  // A part that has nothing weighs nothing, but its logarithm must be a number.
  const count = tf.maximum(tf.addN([...present]), 1);
  return tf.sub(tf.add(tf.log(sum), largest), tf.log(count)) as tf.Tensor1D;
}

/** The first half of the latent is shared, the second the modality's own. */
function halves({ mean, logvar }: Gaussian): Halves {
  const [means, logvars] = [tf.split<tf.Tensor2D>(mean, 2, 1), tf.split<tf.Tensor2D>(logvar, 2, 1)];
  return {
    shared: { mean: means[0]!, logvar: logvars[0]! },
    own: { mean: means[1]!, logvar: logvars[1]! },
  };
}

function mean(tensors: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tf.div(tf.addN([...tensors]), tensors.length);
}
