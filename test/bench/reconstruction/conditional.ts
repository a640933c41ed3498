import type * as tf from '@tensorflow/tfjs';
import type { ModuleName } from '../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { type Shapes, valueSize } from '../../../protocol/shapes.ts';
import type { Engine } from '../../../training/engine/index.ts';
import { type Dataset, has, partsWith } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import type { Programs } from '../../../training/learning/programs.ts';
import { emptyTable, row, type Table } from '../../../training/learning/row-table.ts';
import type { Task } from '../../../training/learning/task.ts';
import { parameter, type Weights } from '../../../training/model/layers.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { federate } from './federate.ts';
import type { Snapshot } from './methods/method.ts';
import { initialTensors, runOnRows } from './network.ts';
import { type SourceSet, sourceSetNames, sourceSets, target } from './setting.ts';
import { type BenchPlant, testDataset, type World } from './world.ts';

/** One model for all source sets: it reads all sources side by side, missing ones as zeros, and a flag for each. */
export interface ConditionalModel {
  /** Names its program. */
  readonly name: string;
  /** Parameters by the module they travel in. */
  readonly modules: ReadonlyMap<ModuleName, Shapes>;
  /** Normal draws a row, if the loss needs any. */
  readonly noise?: number;
  /** Terms of the loss with their weights in the total. */
  readonly terms: Readonly<Record<string, number>>;
  /** The terms, each a sum over the rows by their weight. */
  loss(weights: Weights, batch: ConditionalBatch): tf.Scalar[];
}

export interface ConditionalBatch {
  /** [batch, {@link conditionWidth}] */
  readonly condition: tf.Tensor2D;
  /** The true image in 0…1: [batch, pixels]. */
  readonly image: tf.Tensor2D;
  /** Standard normal: [batch, the model's `noise`]. */
  noise(): tf.Tensor2D;
  /** Share of each row: [batch]. */
  readonly weight: tf.Tensor1D;
}

/** A part as it looks when only a source set is measured. */
type View = readonly [part: number, source: SourceSet];

const sources = sourceSets.both;

/** Width of a condition: the values of all sources, and a flag each. */
export function conditionWidth(plan: Plan): number {
  return sources.reduce((sum, name) => sum + valueSize(modalityOf(plan, name)) + 1, 0);
}

/** The model's modules before the first round. */
function initialModel(plan: Plan, { modules }: ConditionalModel): ModuleTensors {
  const entries = [...modules].map(([name, shapes]) => [name, initialTensors(plan.training.seed, shapes)]);
  return Object.fromEntries(entries);
}

/**
 * The model's one task at each plant with a camera: an epoch shows each part once with each source set it has, which
 * is modality dropout with every outcome drawn, in as many steps as networks of their own for each set would take.
 */
function conditionalTasks({ plan, plants }: World, model: ConditionalModel): (plant: BenchPlant) => Task[] {
  const tasks = new Map(plants.map((plant) => [plant, conditionalTask(plan, model, plant)]));
  return (plant) => [tasks.get(plant)!].filter(({ samples }) => samples > 0);
}

function conditionalTask(plan: Plan, model: ConditionalModel, { dataset }: BenchPlant): Task {
  const { inputs, views } = conditionalExamples(plan, dataset);
  const { batch } = plan.training;
  const noise = model.noise === undefined ? undefined : { noise: model.noise };
  const widths = { condition: inputs.condition.width, image: inputs.image.width, ...noise };
  return {
    name: model.name,
    modules: [...model.modules.keys()],
    objective: {
      trained: Object.assign({}, ...model.modules.values()),
      frozen: {},
      batch: {
        ...Object.fromEntries(Object.entries(widths).map(([name, width]) => [name, [batch, width]])),
        weight: [batch],
      },
      terms: Object.keys(model.terms),
      loss: (weights, given) =>
        model.loss(weights, {
          condition: parameter(given, 'condition'),
          image: parameter(given, 'image'),
          noise: () => parameter(given, 'noise'),
          weight: parameter(given, 'weight'),
        }),
    },
    factors: Object.values(model.terms),
    examples: { parts: Uint32Array.from({ length: views }, (_, place) => place), inputs, ...noise },
    samples: views,
  };
}

/** A row for each view of each part that has a camera image. */
function conditionalExamples(plan: Plan, dataset: Dataset) {
  const views = Array.from(partsWith(dataset, target)).flatMap((part) =>
    sourceSetNames
      .filter((source) => sourceSets[source].every((name) => has(dataset, name, part)))
      .map((source): View => [part, source]),
  );
  const image = emptyTable(views.length, valueSize(modalityOf(plan, target)));
  for (const [place, [part]] of views.entries())
    row(image, place).set(row(dataset.modalities[target]!.values, part));
  return { inputs: { condition: conditionsOf(plan, dataset, views), image }, views: views.length };
}

function conditionsOf(plan: Plan, dataset: Dataset, views: readonly View[]): Table {
  const table = emptyTable(views.length, conditionWidth(plan));
  for (const [place, [part, source]] of views.entries()) {
    const values = row(table, place);
    const given: readonly string[] = sourceSets[source];
    let from = 0;
    for (const name of sources) {
      const size = valueSize(modalityOf(plan, name));
      if (given.includes(name)) {
        values.set(row(dataset.modalities[name]!.values, part), from);
        values[from + size] = 1;
      }
      from += size + 1;
    }
  }
  return table;
}

/** How a model gives images: [rows, pixels] in 0…1 from conditions and, where it draws, normal noise. */
export interface Reconstruction {
  readonly modules: readonly ModuleName[];
  /** Draws a row; each held-out part has the same ones in every round and from every source set. */
  readonly noise?: Table;
  imageOf(weights: Weights, condition: tf.Tensor2D, noise: () => tf.Tensor2D): tf.Tensor2D;
}

/** Trains a model in the federation, and reconstructs with it. @param plan the world's, with the method's own training */
export function federateConditional(
  world: World,
  engine: Engine,
  plan: Plan,
  model: ConditionalModel,
  reconstruction: Reconstruction,
): AsyncGenerator<Snapshot> {
  return federate(world, engine, {
    plan,
    initial: initialModel(plan, model),
    tasks: conditionalTasks(world, model),
    reconstruct: (source, serving, programs) =>
      reconstructWith(world, reconstruction, source, serving, programs),
  });
}

/** Images of the held-out parts from a source set. */
function reconstructWith(
  world: World,
  { modules, noise, imageOf }: Reconstruction,
  source: SourceSet,
  serving: ModuleTensors,
  programs: Programs,
): Promise<Table> {
  const { plan, test } = world;
  const dataset = testDataset(world, sourceSets[source]);
  const condition = conditionsOf(
    plan,
    dataset,
    test.map((_, part) => [part, source]),
  );
  return runOnRows(
    programs,
    {
      name: 'reconstruct',
      weights: Object.assign({}, ...modules.map((name) => serving[name])),
      width: valueSize(modalityOf(plan, target)),
      fn: (weights, inputs) =>
        imageOf(weights, parameter(inputs, 'condition'), () => parameter(inputs, 'noise')),
    },
    { condition, ...(noise ? { noise } : {}) },
  );
}

/** Standard normal draws for the held-out parts, a row each, from the plan's seed. */
export function drawsForTest({ plan, test }: World, width: number): Table {
  const draws = emptyTable(test.length, width);
  fillNormal(draws.data, keyOf(plan.training.seed, 'reconstruction'));
  return draws;
}
