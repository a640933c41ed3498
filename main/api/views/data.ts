import type { CharacterEncoding, ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import type { ImportPreview } from '../../../training/data/preview.ts';
import type { ImportProblem } from '../../../training/data/problems.ts';
import type { ErrorView } from './general.ts';

export type { CharacterEncoding, ReadingSettings };

/** Number of parts that have a modality, and of those that lack it. */
export type ModalityCount = ImportPreview['counts'][number];

/** Row or cell that an import refused, with the reason in words. */
export interface ProblemView extends Pick<ImportProblem, 'row' | 'column'> {
  readonly error: ErrorView;
}

export interface DataPreview extends Omit<ImportPreview, 'parts' | 'problems'> {
  readonly problems: readonly ProblemView[];
}
