import type { Modality } from '../../protocol/kinds/index.ts';
import { trainingKind } from '../kinds/index.ts';
import { type MeasureName, measureOf } from '../measures/measure-table.ts';

/** Scores of several parts by one measure; the figure for all of them is their mean. */
export interface PartScores {
  readonly measure: MeasureName;
  /** Value of each part, in the order of the parts. */
  readonly values: Float64Array;
}

/** Function that gives a part's values by its number. */
type ValuesOf = (part: number) => ArrayLike<number>;

/** Scores reconstructions by all measures of their modality's kind, the leading one first. */
export function scoreParts(
  modality: Modality,
  parts: ArrayLike<number>,
  truth: ValuesOf,
  reconstructed: ValuesOf,
): readonly [PartScores, ...PartScores[]] {
  const [leading, ...others] = trainingKind(modality).measures;
  const by = (measure: MeasureName): PartScores => ({
    measure,
    values: Float64Array.from(parts, (part) =>
      measureOf(measure).ofPart(modality, truth(part), reconstructed(part)),
    ),
  });
  return [by(leading), ...others.map(by)];
}

/** Places of the parts in the order of {@link PartScores}, the worst part first. */
export function worstFirst({ measure, values }: PartScores): number[] {
  const sign = measureOf(measure).better === 'more' ? 1 : -1;
  return [...values.keys()].sort((a, b) => sign * (values[a]! - values[b]!));
}
