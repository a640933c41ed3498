import * as tf from '@tensorflow/tfjs';
import { side } from '../../../../main/demo/garments.ts';
import { mappingName } from '../../../../protocol/modules.ts';
import type { Plan } from '../../../../protocol/plan.ts';
import type { Shapes } from '../../../../protocol/shapes.ts';
import { dense, gelu, layerNorm, type Weights } from '../../../../training/model/layers.ts';
import {
  type ConditionalBatch,
  type ConditionalModel,
  conditionWidth,
  drawsForTest,
  federateConditional,
} from '../conditional.ts';
import { denseShapes, rivalDepth, rivalWidth, rivalWidths, stack, stackShapes } from '../network.ts';
import { target } from '../setting.ts';
import { type Tuned, trainedWith } from './method.ts';

const module = mappingName(target, 'noise');
const pixels = side * side;
/** Time is told by sines and cosines of π t times these. */
const frequencies = [0.5, 1, 2, 4, 8];

/** What the grid in `tuning.ts` chose. */
const chosen = { learningRate: 0.003, steps: 20 };

/**
 * A conditional diffusion model in pixels: Ho et al., arXiv 2006.11239, with the cosine schedule in continuous time and
 * the prediction of the clean image of Salimans and Ho, arXiv 2202.00512, drawn by DDIM (Song et al., arXiv 2010.02502).
 * The network is dense like the other rivals': a dense layer cannot pass noise through, so it predicts the image.
 */
export const diffusion = diffusionWith(chosen);

/** The method with other options; an image costs `steps` runs of the network, the mean of n samples n times that. */
export function diffusionWith(settings: typeof chosen): Tuned<typeof chosen> {
  const { learningRate, steps } = settings;
  return {
    name: 'diffusion',
    about: `FedAvg of a conditional diffusion model (dense), one sample in ${steps} steps of DDIM`,
    settings,
    run(world, engine) {
      const plan = trainedWith(world.plan, { learningRate });
      const model: ConditionalModel = {
        name: 'diffusion',
        modules: new Map([[module, denoiserShapes(plan)]]),
        noise: pixels + 1,
        terms: { denoising: 1 },
        loss: denoisingLoss,
      };
      const noise = drawsForTest(world, pixels);
      const imageOf = (weights: Weights, condition: tf.Tensor2D, start: () => tf.Tensor2D) =>
        draw(weights, condition, start(), steps);
      return federateConditional(world, engine, plan, model, { modules: [module], noise, imageOf });
    },
  };
}

/** How much of image and noise is left at a time in 0…1: α = cos(π t / 2), σ = sin(π t / 2), [batch, 1] each. */
function schedule(time: tf.Tensor2D) {
  const angle = tf.mul(time, Math.PI / 2);
  return { signal: tf.cos(angle), noise: tf.sin(angle) };
}

/** Squared error of the predicted image, mean over the pixels, at a time drawn uniformly for each row. */
function denoisingLoss(weights: Weights, { condition, image, noise, weight }: ConditionalBatch): tf.Scalar[] {
  const [epsilon, one] = tf.split<tf.Tensor2D>(noise(), [pixels, 1], 1);
  // The normal distribution function makes a uniform draw of a normal one.
  const time = tf.mul(tf.add(tf.erf(tf.mul(one!, Math.SQRT1_2)), 1), 0.5) as tf.Tensor2D;
  const at = schedule(time);
  const x = tf.sub(tf.mul(image, 2), 1) as tf.Tensor2D;
  const noisy = tf.add(tf.mul(x, at.signal), tf.mul(epsilon!, at.noise)) as tf.Tensor2D;
  const error = tf.mean(tf.squaredDifference(denoise(weights, noisy, time, condition), x), 1);
  return [tf.sum(tf.mul(error, weight)) as tf.Scalar];
}

function denoiserShapes(plan: Plan): Shapes {
  // A noisy image says more than the sources do, so its layers are twice as wide as what time and sources are told by.
  const told = rivalWidth(plan);
  const hidden = rivalWidths(plan).map((width) => 2 * width);
  const inner = stackShapes(`${module}/image`, [pixels, ...hidden, pixels]);
  const given = stackShapes(`${module}/told`, [conditionWidth(plan) + 2 * frequencies.length, told, told]);
  const joints = hidden.map((width, layer) => denseShapes(`${module}/joint${layer}`, told, width));
  return Object.assign({}, inner, given, ...joints);
}

/** The image that a noisy one was: [batch, pixels] in −1…1, at `time` [batch, 1]; each layer is told time and sources. */
function denoise(
  weights: Weights,
  noisy: tf.Tensor2D,
  time: tf.Tensor2D,
  condition: tf.Tensor2D,
): tf.Tensor2D {
  const angles = frequencies.map((frequency) => tf.mul(time, Math.PI * frequency));
  const waves = angles.flatMap((angle) => [tf.sin(angle), tf.cos(angle)] as tf.Tensor2D[]);
  const about = gelu(stack(`${module}/told`, 2, weights, tf.concat([condition, ...waves], 1)));
  let values = noisy;
  for (let index = 0; index < rivalDepth; index++) {
    const layer = `${module}/image/layer${index}`;
    const normal = layerNorm(weights, layer, dense(weights, layer, values));
    values = gelu(tf.add(normal, dense(weights, `${module}/joint${index}`, about)));
  }
  return tf.tanh(dense(weights, `${module}/image/layer${rivalDepth}`, values));
}

/** Images in 0…1 from pure noise in equal steps of time, without fresh noise: [batch, pixels]. */
function draw(weights: Weights, condition: tf.Tensor2D, start: tf.Tensor2D, steps: number): tf.Tensor2D {
  const timeOf = (step: number) => tf.fill([start.shape[0], 1], 1 - step / steps) as tf.Tensor2D;
  let noisy = start;
  let clean = start;
  for (let step = 0; step < steps; step++) {
    const [now, next] = [schedule(timeOf(step)), schedule(timeOf(step + 1))];
    clean = denoise(weights, noisy, timeOf(step), condition);
    const epsilon = tf.div(tf.sub(noisy, tf.mul(clean, now.signal)), now.noise);
    noisy = tf.add(tf.mul(clean, next.signal), tf.mul(epsilon, next.noise));
  }
  return tf.mul(tf.add(clean, 1), 0.5);
}
