import type { PictureSettings } from '../../../training/cells/images/picture-settings.ts';
import type { CharacterEncoding } from '../../../training/data/manifest/encoding/encodings.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import type { ImportPreview } from '../../../training/data/preview.ts';
import type { ImportProblem } from '../../../training/data/problems.ts';
import type { ErrorView } from './general.ts';
import type { ValueView } from './review.ts';

export type { CharacterEncoding, PictureSettings, ReadingSettings };

/** Number of parts that have a modality, and of those that lack it. */
export type ModalityCount = ImportPreview['counts'][number];

/** Row or cell that an import refused, with the reason in words. */
export interface ProblemView extends Pick<ImportProblem, 'row' | 'column'> {
  /** Table that the row stands in, where several are read as one. */
  readonly table?: string;
  readonly error: ErrorView;
}

/** Some part as an import would read it, ready to draw. */
export interface SampleView {
  readonly row: number;
  readonly id: string;
  readonly values: readonly { readonly modality: string; readonly value: ValueView }[];
}

export interface DataPreview extends Omit<ImportPreview, 'parts' | 'problems' | 'samples'> {
  readonly problems: readonly ProblemView[];
  readonly samples: readonly SampleView[];
}
