import type { HostTensors } from '../../../protocol/tensors.ts';
import { baselineOf, inputsOf } from '../../../training/explain/baseline.ts';
import { measureAt, wholeDirection } from '../../../training/explain/direction.ts';
import { type ExplainedModel, recipeOf } from '../../../training/explain/explained-model.ts';
import { integratedGradients } from '../../../training/explain/gradients.ts';
import { reconstructRows } from '../../../training/explain/run.ts';
import { attributionOf, unitsOf } from '../../../training/explain/units.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { rankCorrelation } from '../../../training/measures/rank-correlation.ts';
import { mean } from '../../../training/measures/statistics.ts';
import type { Recipe } from '../../../training/model/recipe.ts';
import { permutation } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { type Areas, areasUnder, type Deletable } from './deletion-curves.ts';

/** How well one part's attributions tell what its picture rests on. */
export interface PartFaithfulness {
  /** Units in the order of their attributions, in random orders (mean), and the least important first. */
  readonly attributed: Areas;
  readonly random: Areas;
  readonly reversed: Areas;
  /** Rank correlation of the attributions with those of the same model after its weights were shuffled. */
  readonly afterShuffle: number | undefined;
}

/** Means over parts. */
export interface Faithfulness extends Required<Omit<PartFaithfulness, 'afterShuffle'>> {
  readonly parts: number;
  /** Area under the random deletion curve over that of the attributions: how often faster the picture goes. */
  readonly factor: number;
  /** Mean over parts; near 0 if the attributions are of the model, and not of the input alone. */
  readonly afterShuffle: number;
}

/**
 * Deletion and insertion of each part's channels, patches and words, and the sanity check of Adebayo et al., "Sanity checks for saliency maps",
 * arXiv 1810.03292: attributions of a model with shuffled weights must be others. Parts without a source, or with fewer
 * than two units, are left out.
 * @param options.orders random orders a part; `seed` decides them and the shuffled weights
 * @returns undefined if no part is left
 */
export async function faithfulnessOf(
  model: ExplainedModel,
  target: string,
  parts: Iterable<number>,
  options: { orders?: number; seed?: number } = {},
): Promise<Faithfulness | undefined> {
  const { orders = 8, seed = 1 } = options;
  const shuffled = { ...model, modules: shuffleWeights(model.modules, seed) };
  const found: PartFaithfulness[] = [];
  for (const part of parts) {
    const recipe = recipeOf(model, target, part);
    if (!recipe) continue;
    const attributions = await unitAttributions(model, recipe, part);
    if (attributions.length < 2) continue;
    const deletable = deletableOf(model, recipe, part);
    const own = [...attributions.keys()].sort((a, b) => attributions[b]! - attributions[a]!);
    const random: Areas[] = [];
    for (let order = 0; order < orders; order++)
      random.push(
        await areasUnder(deletable, [...permutation(own.length, keyOf(seed, 'order', part, order))]),
      );
    found.push({
      attributed: await areasUnder(deletable, own),
      random: meanAreas(random),
      reversed: await areasUnder(deletable, own.toReversed()),
      afterShuffle: rankCorrelation(attributions, await unitAttributions(shuffled, recipe, part)),
    });
  }
  return found.length > 0 ? summarise(found) : undefined;
}

/** What each unit of a part adds to what makes its picture differ from the usual one. */
async function unitAttributions(model: ExplainedModel, recipe: Recipe, part: number): Promise<number[]> {
  const at = inputsOf(model, recipe, part);
  const baseline = baselineOf(model, recipe);
  const [whole, empty] = await reconstructRows(model, recipe, part, [at, baseline]);
  const direction = wholeDirection(empty!, whole!);
  const difference = measureAt(direction, whole!) - measureAt(direction, empty!);
  const { values } = await integratedGradients(model, recipe, part, {
    at,
    baseline,
    direction,
    difference,
  });
  return attributionOf(unitsOf(model, recipe, part, at, 'channels'), values);
}

/** A part as the curves take it apart. */
function deletableOf(model: ExplainedModel, recipe: Recipe, part: number): Deletable {
  const at = inputsOf(model, recipe, part);
  return {
    units: unitsOf(model, recipe, part, at, 'channels'),
    at,
    baseline: baselineOf(model, recipe),
    run: (rows) => reconstructRows(model, recipe, part, rows),
  };
}

/** The modules with the values of every tensor in a random order: nothing learned is left, all sizes are. */
export function shuffleWeights(modules: ModuleTensors, seed: number): ModuleTensors {
  const shuffle = (tensors: HostTensors): HostTensors =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => {
        const order = permutation(data.length, keyOf(seed, 'shuffle', name));
        return [name, { shape, data: Float32Array.from(order, (place) => data[place]!) }];
      }),
    );
  return Object.fromEntries(Object.entries(modules).map(([name, tensors]) => [name, shuffle(tensors!)]));
}

function summarise(parts: readonly PartFaithfulness[]): Faithfulness {
  const attributed = meanAreas(parts.map((part) => part.attributed));
  const random = meanAreas(parts.map((part) => part.random));
  return {
    parts: parts.length,
    attributed,
    random,
    reversed: meanAreas(parts.map((part) => part.reversed)),
    factor: random.deletion / attributed.deletion,
    afterShuffle: mean(parts.flatMap(({ afterShuffle }) => afterShuffle ?? [])),
  };
}

function meanAreas(areas: readonly Areas[]): Areas {
  return {
    deletion: mean(areas.map(({ deletion }) => deletion)),
    insertion: mean(areas.map(({ insertion }) => insertion)),
  };
}
