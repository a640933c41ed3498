import type { ImportPreview } from '../../../training/data/preview.ts';
import type { ImportProblem } from '../../../training/data/problems.ts';
import type { ErrorView } from './general.ts';

/** How many parts have a modality, and how many do not. */
export type ModalityCount = ImportPreview['counts'][number];

/** A row or a cell that was not used, and why in words. */
export interface ProblemView extends Pick<ImportProblem, 'row' | 'column'> {
  readonly error: ErrorView;
}

export interface DataPreview extends Omit<ImportPreview, 'parts' | 'problems'> {
  readonly problems: readonly ProblemView[];
}
