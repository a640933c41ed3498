import * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { scheduledRounds } from '../../../protocol/schedule.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { type Dataset, partsWith } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import { emptyTable, type Table } from '../../../training/learning/row-table.ts';
import type { Task } from '../../../training/learning/task.ts';
import { dense, gelu, layerNorm, parameter, type Weights } from '../../../training/model/layers.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { trainTasks } from '../reconstruction/federate.ts';
import {
  besides,
  initialTensors,
  rivalDepth,
  rivalWidth,
  rivalWidths,
  runOnRows,
  stackShapes,
} from '../reconstruction/network.ts';
import { type SourceSet, sourceSetNames, sourceSets, target } from '../reconstruction/setting.ts';
import type { World } from '../reconstruction/world.ts';
import { simulate } from '../simulate.ts';
import type { Predict } from './prediction.ts';

/** Deviation of the factors that units are multiplied with: that of dropout at a rate of 0.1. */
const deviation = Math.sqrt(0.1 / 0.9);
const passes = 16;

/**
 * MC-dropout (Gal and Ghahramani, arXiv 1506.02142): a federated regression source → image whose units are multiplied with
 * noise in learning and in use, in the Gaussian form of Srivastava et al. (JMLR 2014, section 10).
 */
export async function trainDropout(world: World, programs: Programs): Promise<ModuleTensors> {
  const { plan } = world;
  const single: Plan = { ...plan, stages: [{ stage: 'generators', rounds: scheduledRounds(plan) }] };
  const initial: ModuleTensors = Object.fromEntries(
    sourceSetNames.map((source) => [
      moduleOf(source),
      initialTensors(plan.training.seed, shapesOf(plan, source)),
    ]),
  );
  let serving: ModuleTensors = {};
  const rounds = simulate(single, world.plants, programs, (job) =>
    trainTasks(job, tasksOf(plan, job.dataset), { ...initial, ...job.modules }),
  );
  for await (const round of rounds) serving = round.serving;
  return { ...initial, ...serving };
}

/** @param noise mean squared error that the networks are left with: what a measurement's own noise is taken to be */
export function dropoutPredicts(
  plan: Plan,
  modules: ModuleTensors,
  programs: Programs,
  noise: number,
): Predict {
  return async (dataset, source) => {
    const width = valueSize(modalityOf(plan, target));
    const names = sourceSets[source];
    const inputs = Object.fromEntries(names.map((name) => [name, dataset.modalities[name]!.values]));
    const [mean, squares] = [emptyTable(dataset.count, width), emptyTable(dataset.count, width)];
    const factors = emptyTable(dataset.count, noiseWidth(plan));
    for (let pass = 0; pass < passes; pass++) {
      fillNormal(factors.data, keyOf(plan.training.seed, 'dropout', source, pass));
      const images = await runOnRows(
        programs,
        {
          name: `dropout ${moduleOf(source)}`,
          weights: modules[moduleOf(source)] as HostTensors,
          width,
          fn: (weights, given) => tf.sigmoid(forward(source, weights, given)),
        },
        { ...inputs, noise: factors },
      );
      for (const [place, value] of images.data.entries()) {
        mean.data[place]! += value / passes;
        squares.data[place]! += value ** 2 / passes;
      }
    }
    const sigma: Table = {
      width,
      data: mean.data.map((value, place) =>
        Math.sqrt(Math.max(0, squares.data[place]! - value ** 2) + noise),
      ),
    };
    return { mean, sigma };
  };
}

function tasksOf(plan: Plan, dataset: Dataset): Task[] {
  const { batch } = plan.training;
  return sourceSetNames.flatMap((source): Task[] => {
    const names = [...sourceSets[source], target];
    const parts = partsWith(dataset, ...names);
    if (parts.length === 0) return [];
    const inputs = Object.fromEntries(names.map((name) => [name, dataset.modalities[name]!.values]));
    const shapes = Object.entries(inputs).map(([name, { width }]) => [name, [batch, width]]);
    const module = moduleOf(source);
    return [
      {
        name: module,
        modules: [module],
        objective: {
          trained: shapesOf(plan, source),
          frozen: {},
          batch: { ...Object.fromEntries(shapes), noise: [batch, noiseWidth(plan)], weight: [batch] },
          terms: ['loss'],
          loss(weights, given) {
            const image = tf.sigmoid(forward(source, weights, given));
            const off = tf.squaredDifference(image, parameter(given, target)) as tf.Tensor2D;
            return [tf.sum(tf.mul(tf.sum(off, 1), parameter(given, 'weight'))) as tf.Scalar];
          },
        },
        factors: [1],
        examples: { parts, inputs, noise: noiseWidth(plan) },
        samples: parts.length,
      },
    ];
  });
}

function forward(source: SourceSet, weights: Weights, given: Weights): tf.Tensor2D {
  const module = moduleOf(source);
  let values = besides(given, sourceSets[source]);
  const draws = tf.split(parameter<tf.Rank.R2>(given, 'noise'), rivalDepth, 1);
  for (const [index, drawn] of draws.entries()) {
    const layer = `${module}/layer${index}`;
    const factor = tf.add(tf.mul(drawn, deviation), 1);
    values = tf.mul(gelu(layerNorm(weights, layer, dense(weights, layer, values))), factor);
  }
  return dense(weights, `${module}/layer${rivalDepth}`, values);
}

/** Draws a row: one for each hidden unit. */
function noiseWidth(plan: Plan): number {
  return rivalDepth * rivalWidth(plan);
}

function moduleOf(source: SourceSet) {
  return mappingName('dropout', sourceSets[source].join('+'));
}

function shapesOf(plan: Plan, source: SourceSet) {
  const size = (name: string) => valueSize(modalityOf(plan, name));
  const width = sourceSets[source].reduce((sum, name) => sum + size(name), 0);
  return stackShapes(moduleOf(source), [width, ...rivalWidths(plan), size(target)]);
}
