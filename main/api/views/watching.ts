import type { ErrorView } from './general.ts';

/** Something that watching a folder did, as the log has it. */
export type WatchEvent = {
  /** Number of the log's entry. */
  readonly entry: number;
  readonly at: string;
  readonly folder: string;
} & (
  | { readonly what: 'begun' | 'paused' | 'ended' }
  | { readonly what: 'imported'; readonly parts: number; readonly problems: number }
  /** A file whose end is missing: of its last line, of cells in it, or of the file; or a picture that a table names. */
  | { readonly what: 'waits'; readonly file: string; readonly why: 'line' | 'cells' | 'end' | 'picture' }
  | { readonly what: 'refused'; readonly error: ErrorView }
);

/** The folder that is imported by itself. */
export interface WatchView {
  /** Null: none. */
  readonly folder: string | null;
  readonly isPaused: boolean;
  /** Why nothing can be read there; null where it can, or none is watched. */
  readonly missing: ErrorView | null;
  /** What was done, newest first. */
  readonly events: readonly WatchEvent[];
}
