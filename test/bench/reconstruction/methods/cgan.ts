import * as tf from '@tensorflow/tfjs';
import { side } from '../../../../main/demo/garments.ts';
import type { Plan } from '../../../../protocol/plan.ts';
import type { Shapes } from '../../../../protocol/shapes.ts';
import { dense, detach, type Weights } from '../../../../training/model/layers.ts';
import {
  type ConditionalBatch,
  type ConditionalModel,
  conditionWidth,
  drawsForTest,
  federateConditional,
} from '../conditional.ts';
import { convolve, double, doublingShapes, halvingShapes } from '../convolutional.ts';
import { denseShapes, rivalWidth, stack, stackShapes } from '../network.ts';
import { type Tuned, trainedWith } from './method.ts';

const generator = 'decoder/generator';
const discriminator = 'encoder/discriminator';

const quarter = side / 4;
/** What the sources do not tell is drawn from this many normal values. */
export const noiseWidth = 16;

/** Widths of dense layers, and maps at half and at a quarter of the image's side: 256, 128, 16, 32 by the demonstration's plan. */
function widthsOf(plan: Plan) {
  const hidden = rivalWidth(plan);
  const fine = Math.ceil(hidden / 16);
  return { hidden, judged: hidden / 2, fine, coarse: 2 * fine, flat: quarter ** 2 * 2 * fine };
}

/** What the grid in `tuning.ts` chose. */
const chosen = { learningRate: 0.003, pixelWeight: 100 };

/**
 * A conditional generative adversarial network in the manner of pix2pix (Isola et al., arXiv 1611.07004): the
 * generator must please the discriminator, which sees image and sources, and come close to the true pixels.
 */
export const cgan = cganWith(chosen);

/** The method with other options; `pixelWeight` weighs the mean absolute error of a pixel beside the adversarial loss. */
export function cganWith(settings: typeof chosen): Tuned<typeof chosen> {
  const { learningRate, pixelWeight } = settings;
  return {
    name: 'cgan',
    about: 'FedAvg of a conditional GAN (convolutional, adversarial and absolute pixel loss), one sample',
    settings,
    run(world, engine) {
      const plan = trainedWith(world.plan, { learningRate });
      const model: ConditionalModel = {
        name: 'cgan',
        modules: playersOf(plan),
        noise: noiseWidth,
        terms: { discriminator: 1, adversarial: 1, pixels: pixelWeight },
        loss: adversarialLosses,
      };
      const noise = drawsForTest(world, noiseWidth);
      return federateConditional(world, engine, plan, model, {
        modules: [generator],
        noise,
        imageOf: generate,
      });
    },
  };
}

/**
 * One simultaneous step of both players: each term moves the parameters of one of them only, since the other's are
 * constants in it.
 */
export function adversarialLosses(
  weights: Weights,
  { condition, image, noise, weight }: ConditionalBatch,
): tf.Scalar[] {
  const fake = generate(weights, condition, noise);
  const fixed = Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(discriminator))
      .map(([name, tensor]) => [name, detach(tensor)]),
  );
  // −log σ(logit) = softplus(−logit), −log(1 − σ(logit)) = softplus(logit).
  const caught = tf.add(
    tf.softplus(tf.neg(judge(weights, condition, image))),
    tf.softplus(judge(weights, condition, detach(fake))),
  );
  const unpleasing = tf.softplus(tf.neg(judge(fixed, condition, fake)));
  const apart = tf.mean(tf.abs(tf.sub(fake, image)), 1);
  return [caught, unpleasing, apart].map(
    (term) => tf.sum(tf.mul(tf.reshape(term, [-1]), weight)) as tf.Scalar,
  );
}

/** Both players' parameters. */
export function playersOf(plan: Plan): ConditionalModel['modules'] {
  return new Map([
    [generator, generatorShapes(plan)],
    [discriminator, discriminatorShapes(plan)],
  ]);
}

function generatorShapes(plan: Plan): Shapes {
  const { hidden, flat, coarse, fine } = widthsOf(plan);
  return {
    ...stackShapes(generator, [conditionWidth(plan) + noiseWidth, hidden, hidden, flat]),
    ...doublingShapes(`${generator}/doubling0`, coarse, fine),
    ...doublingShapes(`${generator}/doubling1`, fine, 1),
  };
}

function generate(weights: Weights, condition: tf.Tensor2D, noise: () => tf.Tensor2D): tf.Tensor2D {
  const values = stack(generator, 3, weights, tf.concat([condition, noise()], 1));
  const coarse = tf.relu(
    tf.reshape(values, [-1, quarter, quarter, values.shape[1] / quarter ** 2]) as tf.Tensor4D,
  );
  const finer = tf.relu(double(weights, `${generator}/doubling0`, coarse));
  return tf.sigmoid(tf.reshape(double(weights, `${generator}/doubling1`, finer), [-1, side * side]));
}

function discriminatorShapes(plan: Plan): Shapes {
  const { judged, flat, coarse, fine } = widthsOf(plan);
  return {
    ...halvingShapes(`${discriminator}/halving0`, 1, fine),
    ...halvingShapes(`${discriminator}/halving1`, fine, coarse),
    ...denseShapes(`${discriminator}/condition`, conditionWidth(plan), judged),
    ...denseShapes(`${discriminator}/hidden`, flat + judged, judged),
    ...denseShapes(`${discriminator}/verdict`, judged, 1),
  };
}

/** The discriminator's logit that the image is a real one of these sources: [batch, 1]. */
function judge(weights: Weights, condition: tf.Tensor2D, image: tf.Tensor2D): tf.Tensor2D {
  let seen = tf.reshape(image, [-1, side, side, 1]) as tf.Tensor4D;
  for (const index of [0, 1])
    seen = tf.leakyRelu(convolve(weights, `${discriminator}/halving${index}`, seen, 2));
  const told = tf.leakyRelu(dense(weights, `${discriminator}/condition`, condition));
  const both = tf.concat([tf.reshape(seen, [seen.shape[0], -1]) as tf.Tensor2D, told], 1);
  const pondered = tf.leakyRelu(dense(weights, `${discriminator}/hidden`, both));
  return dense(weights, `${discriminator}/verdict`, pondered);
}
