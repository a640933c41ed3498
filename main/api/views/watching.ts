import type { ErrorView } from './general.ts';

/**
 * Why a file of a watched folder waits: nothing is in it; its last line has no end, or fewer cells than those before; a
 * quotation mark is open; room is reserved that nothing is written in; it does not end as such a file does; it is shorter than
 * it says; another program has it open for writing; its name says that it is underway. Or a table names a picture that is not
 * there.
 */
export type WaitReason =
  | 'empty'
  | 'line'
  | 'cells'
  | 'quote'
  | 'zeros'
  | 'end'
  | 'size'
  | 'held'
  | 'name'
  | 'picture';

/** File of the watched folder that is not taken as it is. */
export interface WaitingFile {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  readonly why: Exclude<WaitReason, 'picture'>;
  readonly since: string;
}

/** Something that watching a folder did, as the log has it. */
export type WatchEvent = {
  /** Number of the log's entry. */
  readonly entry: number;
  readonly at: string;
  readonly folder: string;
} & (
  | { readonly what: 'begun' | 'paused' | 'ended' }
  | { readonly what: 'imported'; readonly parts: number; readonly problems: number }
  | { readonly what: 'waits'; readonly file: string; readonly why: WaitReason }
  /** A person took a file as it is. */
  | { readonly what: 'taken'; readonly file: string }
  | { readonly what: 'refused'; readonly error: ErrorView }
);

/** The folder that is imported by itself. */
export interface WatchView {
  /** Null: none. */
  readonly folder: string | null;
  readonly isPaused: boolean;
  /** When a person imported the folder in the way that it is read in now; null where it is as it is understood, or was said when watching began. */
  readonly readAs: string | null;
  /** Why nothing can be read there; null where it can, or none is watched. */
  readonly missing: ErrorView | null;
  /** Files that wait, the first of them, and how many there are. */
  readonly waiting: readonly WaitingFile[];
  readonly waitingCount: number;
  /** What was done, newest first. */
  readonly events: readonly WatchEvent[];
}
