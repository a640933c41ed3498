import * as tf from '@tensorflow/tfjs';
import { type Garment, garmentTypes, side } from '../../../main/demo/garments.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { Shapes } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { openPrograms } from '../../../training/learning/programs.ts';
import { emptyTable, row, type Table } from '../../../training/learning/row-table.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { dense, parameter, type Weights } from '../../../training/model/layers.ts';
import { trainTasks } from './federate.ts';
import { crossEntropy, initialTensors, oneHot, runOnRows } from './network.ts';

/** Tells what garment an image shows. */
export interface Judge {
  /** Garment type of each row: [rows × 784] → class numbers. */
  classify(images: Table): Promise<number[]>;
  dispose(): Promise<void>;
}

const module = 'encoder/judge';
const channels = [16, 32] as const;
const features = Math.ceil(side / 4) ** 2 * channels[1];
const shapes: Shapes = {
  [`${module}/convolution0/kernel`]: [3, 3, 1, channels[0]],
  [`${module}/convolution0/bias`]: [channels[0]],
  [`${module}/convolution1/kernel`]: [3, 3, channels[0], channels[1]],
  [`${module}/convolution1/bias`]: [channels[1]],
  [`${module}/hidden/kernel`]: [features, 96],
  [`${module}/hidden/bias`]: [96],
  [`${module}/type/kernel`]: [96, garmentTypes.length],
  [`${module}/type/bias`]: [garmentTypes.length],
};

function logitsOf(weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  let maps = tf.reshape(x, [-1, side, side, 1]) as tf.Tensor4D;
  for (const index of channels.keys()) {
    const layer = `${module}/convolution${index}`;
    const kernel = parameter<tf.Rank.R4>(weights, `${layer}/kernel`);
    maps = tf.relu(tf.add(tf.conv2d(maps, kernel, 2, 'same'), parameter(weights, `${layer}/bias`)));
  }
  const hidden = tf.relu(dense(weights, `${module}/hidden`, tf.reshape(maps, [-1, features]) as tf.Tensor2D));
  return dense(weights, `${module}/type`, hidden);
}

/**
 * A convolutional network trained on real images that no plant has, each also blurred once and twice: a judge that has
 * seen sharp images only takes the smooth shirts and sandals of every autoencoder for something else.
 */
export async function trainJudgeTensors(
  plan: Plan,
  garments: readonly Garment[],
  epochs: number,
  engine: Engine,
): Promise<HostTensors> {
  const sharp = garments.map(({ pixels }) => Float32Array.from(pixels, (value) => value / 255));
  const blurred = sharp.map(blur);
  const rows = [sharp, blurred, blurred.map(blur)].flat();
  const images = emptyTable(rows.length, side * side);
  for (const [place, values] of rows.entries()) row(images, place).set(values);
  const types = oneHot(
    rows.map((_, place) => garments[place % garments.length]!.type),
    garmentTypes.length,
  );

  const programs = openPrograms(engine);
  const { batch } = plan.training;
  const trained = await trainTasks(
    {
      plan: { ...plan, training: { ...plan.training, localEpochs: epochs, learningRate: 1e-3 } },
      stage: 'generators',
      round: 1,
      dataset: { count: rows.length, modalities: {} },
      modules: {},
      programs,
      state: memoryStateStore(),
      key: 'judge',
      abort: new AbortController().signal,
      progress: () => {},
    },
    [
      {
        name: 'judge',
        modules: [module],
        objective: {
          trained: shapes,
          frozen: {},
          batch: { images: [batch, images.width], types: [batch, types.width], weight: [batch] },
          terms: ['cross-entropy'],
          loss(weights, inputs) {
            const logits = logitsOf(weights, parameter(inputs, 'images'));
            const loss = crossEntropy(logits, parameter(inputs, 'types'));
            return [tf.sum(tf.mul(loss, parameter(inputs, 'weight'))) as tf.Scalar];
          },
        },
        factors: [1],
        examples: { parts: Uint32Array.from(rows.keys()), inputs: { images, types } },
        samples: rows.length,
      },
    ],
    { [module]: initialTensors(plan.training.seed, shapes) },
  );
  await programs.dispose();
  return trained.modules.get(module)!.tensors;
}

/** Trains a judge that is used at once; see {@link trainJudgeTensors}. */
export async function trainJudge(
  plan: Plan,
  garments: readonly Garment[],
  epochs: number,
  engine: Engine,
): Promise<Judge> {
  return judgeWith(await trainJudgeTensors(plan, garments, epochs, engine), engine);
}

/** A judge with these parameters. */
export function judgeWith(weights: HostTensors, engine: Engine): Judge {
  const programs = openPrograms(engine);
  return {
    async classify(table) {
      const fn = (given: Weights, inputs: Weights) => logitsOf(given, parameter(inputs, 'images'));
      const rowFunction = { name: 'classify', weights, width: garmentTypes.length, fn };
      const logits = await runOnRows(programs, rowFunction, { images: table });
      return Array.from({ length: table.data.length / table.width }, (_, place) => {
        const values = row(logits, place);
        return values.indexOf(Math.max(...values));
      });
    },
    dispose: () => programs.dispose(),
  };
}

/** The mean of each pixel's neighbourhood, 3 × 3. */
function blur(pixels: Float32Array): Float32Array {
  return pixels.map((_, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    let sum = 0;
    let count = 0;
    for (let v = Math.max(0, y - 1); v <= Math.min(side - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(side - 1, x + 1); u++) {
        sum += pixels[v * side + u]!;
        count++;
      }
    return sum / count;
  });
}
