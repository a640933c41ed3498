import type { Tensor2D } from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { moduleShapes, type Shapes, valueSize } from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { Program, TensorFunction } from '../engine/types.ts';
import { bridgeDraws, bridgeStream } from '../learning/bridge.ts';
import { blockRows } from '../learning/inference.ts';
import { fillNormal } from '../random/draws.ts';
import type { Inputs } from './baseline.ts';
import { inputNames, reconstructFrom } from './forward.ts';
import { type ExplainedModel, type Recipe, recipeModules, recipeName } from './recipe.ts';

/** Rows that run at once where there are many; a few run one by one, which is faster than rows of nothing. */
const usualRows = 32;
const fewRows = 4;

/**
 * Reconstructs with other values in place of what was measured of a part, in few runs.
 * @param part whose draws composed bridges take, so that what was measured gives what is on show
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
    name: `reconstruct ${batch}`,
    inputs: valueShapes(plan, recipe, batch),
    fn: (given) => ({ values: reconstructFrom(plan, recipe, given, valueTensors(recipe, given)) }),
  });
  const size = valueSize(modalityOf(plan, recipe.target));
  const results: Float32Array[] = [];
  for (let first = 0; first < rows.length; first += batch) {
    abort.throwIfAborted();
    const block = rows.slice(first, first + batch);
    const { values } = await program.run(valueBlock(plan, recipe, block, batch));
    for (const place of block.keys()) results.push(values!.data.slice(place * size, (place + 1) * size));
  }
  return results;
}

/** A function of a recipe's weights, its bridges' draws and of `inputs`. */
export interface RecipeFunction {
  /** Unique together with the recipe. */
  readonly name: string;
  readonly inputs: Shapes;
  readonly fn: TensorFunction;
}

/** The compiled function with the model's weights and the part's draws in place; runs on `inputs`. */
export async function recipeProgram(
  { plan, programs, modules, dataset }: ExplainedModel,
  recipe: Recipe,
  part: number,
  { name, inputs, fn }: RecipeFunction,
): Promise<Pick<Program, 'run'>> {
  const names = recipeModules(plan, recipe);
  const weights: Shapes = Object.assign({}, ...names.map((module) => moduleShapes(plan, module)));
  const carried = Object.keys(weights);
  const draws = drawsOf(plan, recipe, part, dataset.count);
  const drawShapes = Object.entries(draws).map(([input, { shape }]) => [input, shape]);
  const program = await programs.get(`explain ${recipeName(recipe)}: ${name}`, () => ({
    fn: (given) => ({ ...Object.fromEntries(carried.map((key) => [key, given[key]!])), ...fn(given) }),
    signature: { inputs: { ...weights, ...Object.fromEntries(drawShapes), ...inputs }, carried },
  }));
  program.load(Object.assign({}, ...names.map((module) => modules[module])));
  return { run: (given) => program.run({ ...draws, ...given }) };
}

/** Rows of a recipe that run at once: at most `most`, fewer of large values. */
export function batchOf(plan: Plan, { target, paths: routes }: Recipe, most: number): number {
  const names = [target, ...routes.map(({ source }) => source)];
  return blockRows(most, Math.max(...names.map((name) => valueSize(modalityOf(plan, name)))));
}

/** Shapes of the sources' values, `rows` rows of each. */
export function valueShapes(plan: Plan, { paths: routes }: Recipe, rows: number): Shapes {
  return Object.fromEntries(
    routes.map(({ source }) => [inputNames.values(source), [rows, valueSize(modalityOf(plan, source))]]),
  );
}

/** The sources' values among a function's inputs. */
export function valueTensors(
  { paths: routes }: Recipe,
  given: Parameters<TensorFunction>[0],
): Record<string, Tensor2D> {
  return Object.fromEntries(
    routes.map(({ source }) => [source, given[inputNames.values(source)] as Tensor2D]),
  );
}

/** Rows as a program takes them; what is missing to `batch` rows stays zero. */
export function valueBlock(plan: Plan, recipe: Recipe, rows: readonly Inputs[], batch: number): HostTensors {
  const shapes = valueShapes(plan, recipe, batch);
  return Object.fromEntries(
    recipe.paths.map(({ source }) => {
      const shape = shapes[inputNames.values(source)] as [number, number];
      const data = new Float32Array(shape[0] * shape[1]);
      for (const [place, inputs] of rows.entries()) data.set(inputs[source]!, place * shape[1]);
      return [inputNames.values(source), { shape, data }];
    }),
  );
}

/** The draws that composed bridges take for a part, the same as in `bridgeParts` over `parts` parts. */
function drawsOf(plan: Plan, { target, paths: routes }: Recipe, part: number, parts: number): HostTensors {
  const composed = routes.flatMap(({ source, through }) =>
    through === undefined ? [] : [{ source, through }],
  );
  return Object.fromEntries(
    composed.map(({ source, through }) => {
      const { latent } = modalityOf(plan, through);
      const { key, start } = bridgeStream(plan, [target, through, source]);
      const data = new Float32Array(bridgeDraws * latent);
      for (let draw = 0; draw < bridgeDraws; draw++) {
        // The generator gives pairs, so it starts at an even place.
        const from = start(draw, parts * latent) + part * latent;
        const pairs = new Float32Array(latent + 1);
        fillNormal(pairs, key, from - (from % 2));
        data.set(pairs.subarray(from % 2, (from % 2) + latent), draw * latent);
      }
      return [inputNames.draws(source), { shape: [bridgeDraws, latent], data }];
    }),
  );
}
