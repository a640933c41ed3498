import { modalityOf } from '../../../protocol/plan.ts';
import type { FeatureTable } from '../../../training/confidence/features.ts';
import { trainingKind } from '../../../training/kinds/index.ts';
import type { Dataset } from '../../../training/learning/datasets.ts';
import { row, type Table } from '../../../training/learning/row-table.ts';
import { type SourceSet, sourceSets, target } from '../reconstruction/setting.ts';
import { type HeldOutPart, testDataset, type World } from '../reconstruction/world.ts';

/** Reconstructions of some parts' camera images, a row a part. */
export interface Prediction {
  readonly mean: Table;
  readonly sigma: Table;
  /** Features of each, and the widths of its blocks, where a method has any. */
  readonly features?: FeatureTable;
}

/** Some parts, and how far a method was off. */
export interface Scored extends Prediction {
  readonly parts: readonly HeldOutPart[];
  readonly truth: Table;
  readonly logErrors: readonly number[];
}

/** What a trained method is asked. */
export type Predict = (dataset: Dataset, source: SourceSet) => Promise<Prediction>;

/** Predicts parts from a source set and compares with their true images. */
export async function score(
  world: World,
  parts: readonly HeldOutPart[],
  source: SourceSet,
  predict: Predict,
): Promise<Scored> {
  const shown: World = { ...world, test: parts };
  const truth = testDataset(shown, [target]).modalities[target]!.values;
  const prediction = await predict(testDataset(shown, sourceSets[source]), source);
  const { misfit } = trainingKind(modalityOf(world.plan, target));
  const logErrors = parts.map((_, part) => Math.log(misfit(row(truth, part), row(prediction.mean, part))));
  return { ...prediction, parts, truth, logErrors };
}
