import type { Modality } from '../../protocol/kinds/index.ts';
import { trainingKind } from '../kinds/index.ts';
import { type MeasureName, measureOf } from '../measures/measure-table.ts';

/** One measure of several parts; its figure for all of them is their mean. */
export interface PartScores {
  readonly measure: MeasureName;
  /** Of each part, in the order of the parts. */
  readonly values: Float64Array;
}

/** A part's values, by its number. */
type ValuesOf = (part: number) => ArrayLike<number>;

/** Measures reconstructions of a modality by everything that it is judged by, the leading measure first. */
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
