import type { PictureScales } from '../../../training/cells/images/scale.ts';
import type { ModalityCount, ProblemView } from './data.ts';
import type { LogEntryView } from './log.ts';
import type { MeasuredSource, ValueView } from './review.ts';

/** What an import would do to one modality, in parts. */
export interface ModalityEffect {
  readonly modality: string;
  readonly added: number;
  readonly replaced: number;
  /** Parts that have it, and whose cell is empty, or holds something that cannot be used: it stays, unless removal is chosen. */
  readonly blank: number;
  readonly unreadable: number;
}

/** What an import would do to what is here. */
export interface ImportEffect {
  readonly parts: { readonly known: number; readonly new: number };
  readonly modalities: readonly ModalityEffect[];
  /** Rows that were read: all of the table. */
  readonly read: number;
  /** What is wrong with them, without opening images: the first of `problemCount`. */
  readonly problems: readonly ProblemView[];
  readonly problemCount: number;
}

/** What opening some images of a table showed. */
export interface PictureCheckView {
  /** Parts whose images were opened, and parts that name some. */
  readonly opened: number;
  readonly of: number;
  readonly problems: readonly ProblemView[];
}

/** An import, and what became of what it brought. */
export interface ImportView {
  readonly id: number;
  readonly at: string;
  readonly by: LogEntryView['actor'];
  readonly folder: string;
  readonly manifest: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly empty: Readonly<Record<string, 'keep' | 'remove'>>;
  /** The scales in which its pictures were read, by modality; absent where all hold plain 8 bits. */
  readonly scales?: Readonly<Record<string, PictureScales>>;
  /** SHA-256 of its values. */
  readonly hash: string;
  /** Parts in it. */
  readonly rows: number;
  readonly problems: number;
  readonly partsNew: number;
  readonly partsKnown: number;
  readonly modalities: readonly {
    readonly modality: string;
    readonly added: number;
    readonly replaced: number;
    /** Of the replaced, those that are as they were. */
    readonly same: number;
    readonly removed: number;
    readonly stayed: number;
    /** Of what it brought, what holds now. */
    readonly holds: number;
  }[];
}

export interface ImportsPage {
  /** Newest first. */
  readonly imports: readonly ImportView[];
  /** Those of other pages included. */
  readonly total: number;
}

/** What undoing an import does, in measurements. */
export interface UndoingView {
  readonly goes: number;
  readonly returns: number;
  /** A newer import stands over them, so nothing is seen to change. */
  readonly covered: number;
}

/** Parts that came with an import first, and which of their measurements are here and which are missing. */
export interface CoverageView {
  readonly import: number;
  readonly at: string;
  readonly folder: string;
  readonly manifest: string;
  readonly parts: number;
  readonly counts: readonly ModalityCount[];
}

export interface PartsPage {
  readonly parts: readonly {
    readonly id: number;
    readonly name: string;
    /** The import that it came with first. */
    readonly import: number;
    /** What is measured of it. */
    readonly modalities: readonly string[];
  }[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

/** A part with what is measured of it, and what each import said, newest first. */
export interface PartView {
  readonly id: number;
  readonly name: string;
  readonly values: readonly {
    readonly modality: string;
    /** Null where it was measured once and is no more. */
    readonly value: ValueView | null;
    readonly history: readonly (MeasuredSource & {
      readonly import: number;
      readonly at: string;
      /** It is what holds. */
      readonly holds: boolean;
      /** It said that nothing is measured. */
      readonly isRemoval: boolean;
    })[];
  }[];
}

export interface DeletedView {
  /** Parts of which nothing is left. */
  readonly parts: number;
  readonly values: number;
}
