import * as tf from '@tensorflow/tfjs';
import { type ModuleName, mappingName } from '../../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../../protocol/plan.ts';
import { valueSize } from '../../../../protocol/shapes.ts';
import type { HostTensors } from '../../../../protocol/tensors.ts';
import { partsWith } from '../../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import type { Programs } from '../../../../training/learning/programs.ts';
import type { Table } from '../../../../training/learning/row-table.ts';
import type { Task } from '../../../../training/learning/task.ts';
import { parameter, type Weights } from '../../../../training/model/layers.ts';
import {
  besides,
  initialTensors,
  rivalDepth,
  rivalWidths,
  runOnRows,
  stack,
  stackShapes,
} from '../network.ts';
import { type SourceSet, sourceSetNames, sourceSets } from '../setting.ts';
import { type BenchPlant, testDataset, type World } from '../world.ts';

/** A network for each source set that learns `output` from it. */
export interface SourceNetworks {
  /** Names its modules and programs. */
  readonly output: string;
  readonly width: number;
  /** What a row of the network's last values means. */
  last(raw: tf.Tensor2D): tf.Tensor2D;
  /** Loss of each row against the truth: [batch]. */
  loss(raw: tf.Tensor2D, truth: tf.Tensor2D): tf.Tensor1D;
  /** What a plant can learn from; undefined if it has no such truth. `needed` must be held beside the sources. */
  truth(plant: BenchPlant): Table | undefined;
  readonly needed: readonly string[];
}

export function initialNetworks(plan: Plan, networks: SourceNetworks): ModuleTensors {
  const entries = sourceSetNames.map((source) => {
    const name = moduleOf(networks, source);
    return [name, initialTensors(plan.training.seed, shapesOf(plan, networks, source))] as const;
  });
  return Object.fromEntries(entries);
}

/** A task for each source set that the plant holds together with the truth. */
export function networkTasks(plan: Plan, networks: SourceNetworks, plant: BenchPlant): Task[] {
  const truth = networks.truth(plant);
  if (!truth) return [];
  const { batch } = plan.training;
  return sourceSetNames.flatMap((source): Task[] => {
    const names = sourceSets[source];
    const parts = partsWith(plant.dataset, ...names, ...networks.needed);
    if (parts.length === 0) return [];
    const module = moduleOf(networks, source);
    const inputs = Object.fromEntries(names.map((name) => [name, plant.dataset.modalities[name]!.values]));
    const shapes = Object.entries({ ...inputs, truth }).map(([name, { width }]) => [name, [batch, width]]);
    return [
      {
        name: module,
        modules: [module],
        objective: {
          trained: shapesOf(plan, networks, source),
          frozen: {},
          batch: { ...Object.fromEntries(shapes), weight: [batch] },
          terms: ['loss'],
          loss(weights, given) {
            const raw = forward(module, names, weights, given);
            const loss = networks.loss(raw, parameter(given, 'truth'));
            return [tf.sum(tf.mul(loss, parameter(given, 'weight'))) as tf.Scalar];
          },
        },
        factors: [1],
        examples: { parts, inputs: { ...inputs, truth } },
        samples: parts.length,
      },
    ];
  });
}

/** The network's result for the held-out parts. */
export function runNetwork(
  world: World,
  networks: SourceNetworks,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Table> {
  const names = sourceSets[source];
  const module = moduleOf(networks, source);
  const { modalities } = testDataset(world, names);
  return runOnRows(
    programs,
    {
      name: `run ${module}`,
      weights: serving[module] as HostTensors,
      width: networks.width,
      fn: (weights, inputs) => networks.last(forward(module, names, weights, inputs)),
    },
    Object.fromEntries(names.map((name) => [name, modalities[name]!.values])),
  );
}

function forward(module: string, names: readonly string[], weights: Weights, inputs: Weights): tf.Tensor2D {
  return stack(module, rivalDepth + 1, weights, besides(inputs, names));
}

function moduleOf({ output }: SourceNetworks, source: SourceSet): ModuleName {
  return mappingName(output, sourceSets[source].join('+'));
}

function shapesOf(plan: Plan, networks: SourceNetworks, source: SourceSet) {
  const sizes = sourceSets[source].map((name) => valueSize(modalityOf(plan, name)));
  const width = sizes.reduce((sum, size) => sum + size, 0);
  return stackShapes(moduleOf(networks, source), [width, ...rivalWidths(plan), networks.width]);
}
