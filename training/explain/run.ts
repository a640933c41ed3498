import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { type Shapes, valueSize } from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { Program } from '../engine/types.ts';
import { blockRows, frozenProgram } from '../learning/inference.ts';
import { bridgeNoise } from '../model/bridge-draws.ts';
import { type RecipeInputs, reconstructFrom } from '../model/forward.ts';
import { parameter } from '../model/layers.ts';
import { type Recipe, recipeModules, recipeName } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import type { ExplainedModel } from './explained-model.ts';

/** Number of rows that run at once where there are many; a few run one by one, which is faster than empty rows. */
const usualRows = 32;
const fewRows = 4;

/**
 * Reconstructs a part with other values in place of the measured ones, in few runs.
 * @param part part whose draws composed bridges take, so that the measured values give the reconstruction on show
 * @returns the target's expected values for each of `rows`
 */
export async function reconstructRows(
  model: ExplainedModel,
  recipe: Recipe,
  part: number,
  rows: readonly Inputs[],
): Promise<Float32Array[]> {
  const { plan, abort } = model;
  const batch = rows.length <= fewRows ? 1 : batchOf(plan, recipe, usualRows);
  const program = await recipeProgram(model, recipe, part, {
    ...{ name: 'reconstruct', rows: batch, inputs: {} },
    fn: (given, measured) => ({ values: reconstructFrom(plan, recipe, given, measured) }),
  });
  const size = valueSize(modalityOf(plan, recipe.target));
  const results: Float32Array[] = [];
  for (let first = 0; first < rows.length; first += batch) {
    abort.throwIfAborted();
    const block = rows.slice(first, first + batch);
    const { values } = await program.run(block, {});
    for (const place of block.keys()) results.push(values!.data.slice(place * size, (place + 1) * size));
  }
  return results;
}

/** Function of a recipe's weights, of `rows` rows of its sources and of `inputs`. */
interface RecipeFunction {
  /** Name, unique together with the recipe and `rows`. */
  readonly name: string;
  readonly rows: number;
  readonly inputs: Shapes;
  fn(given: Record<string, Tensor>, measured: RecipeInputs): Record<string, Tensor>;
}

/** Program compiled from a {@link RecipeFunction}. */
interface RecipeProgram {
  /** Runs the program. @param rows at most as many as it was compiled for; missing ones stay zero */
  run(rows: readonly Inputs[], inputs: HostTensors): ReturnType<Program['run']>;
}

const nameOf = {
  values: (source: string) => `values/${source}`,
  noise: (source: string) => `noise/${source}`,
} as const;

/** Compiles a recipe function, with the model's weights and the part's draws in place. */
export async function recipeProgram(
  model: ExplainedModel,
  recipe: Recipe,
  part: number,
  { name, rows, inputs, fn }: RecipeFunction,
): Promise<RecipeProgram> {
  const { plan } = model;
  const sources = recipe.paths.map(({ source }) => source);
  const sizes = sources.map((source) => valueSize(modalityOf(plan, source)));
  const noise = noiseOf(plan, recipe, part, rows);
  const shapes: Shapes = {
    ...Object.fromEntries(sources.map((source, place) => [nameOf.values(source), [rows, sizes[place]!]])),
    ...Object.fromEntries(Object.entries(noise).map(([input, { shape }]) => [input, shape])),
    ...inputs,
  };
  const read = (given: Record<string, Tensor>, of: (source: string) => string) =>
    Object.fromEntries(
      sources
        .filter((source) => of(source) in shapes)
        .map((source) => [source, parameter(given, of(source)) as Tensor2D]),
    );
  const program = await frozenProgram(
    model,
    `explain ${recipeName(recipe)}: ${name} ${rows}`,
    recipeModules(plan, recipe),
    shapes,
    (given) => fn(given, { values: read(given, nameOf.values), noise: read(given, nameOf.noise) }),
  );
  return {
    run: (block, others) =>
      program.run({
        ...Object.fromEntries(
          sources.map((source, place) => [
            nameOf.values(source),
            blockOf(source, block, rows, sizes[place]!),
          ]),
        ),
        ...noise,
        ...others,
      }),
  };
}

/** Number of rows of a recipe that run at once: at most `most`, fewer of large values. */
export function batchOf(plan: Plan, { target, paths }: Recipe, most: number): number {
  const names = [target, ...paths.map(({ source }) => source)];
  return blockRows(most, Math.max(...names.map((name) => valueSize(modalityOf(plan, name)))));
}

/** Block of a source's rows as a program takes them; missing ones up to `rows` stay zero. */
function blockOf(source: string, block: readonly Inputs[], rows: number, size: number): HostTensors[string] {
  const data = new Float32Array(rows * size);
  for (const [place, inputs] of block.entries()) data.set(inputs[source]!, place * size);
  return { shape: [rows, size], data };
}

/** Noise of the draws that composed bridges take for a part, the same for every row. */
function noiseOf(plan: Plan, { target, paths }: Recipe, part: number, rows: number): HostTensors {
  const parts = new Uint32Array(rows).fill(part);
  return Object.fromEntries(
    paths.flatMap(({ source, through }) =>
      through === undefined
        ? []
        : [[nameOf.noise(source), bridgeNoise(plan, [target, through, source], parts, rows)] as const],
    ),
  );
}
