import type { Role } from './general.ts';

/** Transfer over the network: payload bytes as they were really moved. */
export interface LedgerEntry {
  readonly at: string;
  readonly direction: 'up' | 'down';
  readonly what: 'module' | 'calibration' | 'contribution' | 'plan' | 'enrolment' | 'membership' | 'round';
  readonly name: string;
  readonly bytes: number;
  readonly round: number | null;
}

/** Actions that are written into the log. */
export type LogAction =
  | 'person.entered'
  | 'person.left'
  | 'pin.set'
  | 'pin.removed'
  | 'federation.joined'
  | 'membership.amended'
  | 'data.imported'
  | 'watch.begun'
  | 'watch.paused'
  | 'watch.ended'
  | 'watch.refused'
  | 'watch.waits'
  | 'watch.taken'
  | 'data.undone'
  | 'data.deleted'
  | 'model.received'
  | 'calibration.sent'
  | 'model.evaluated'
  | 'model.signed'
  | 'model.held'
  | 'model.rolled-back'
  | 'reconstruction.made'
  | 'reconstruction.deleted'
  | 'decision.accept'
  | 'decision.flag'
  | 'decision.reject'
  | 'decision.undo'
  | 'trust.rules'
  | 'truth.arrived'
  | 'export.begun'
  | 'export.done'
  | 'export.refused'
  | 'log.exported';

export interface LogEntryView {
  readonly sequence: number;
  readonly at: string;
  readonly actor: { readonly name: string; readonly role: Role | 'workstation' | 'unnamed' };
  readonly action: string;
  /** SHA-256 of the thing that the action was done to, or empty. */
  readonly object: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** True where the detail says only what it concerns: whoever works here may not see the rest, so `hash` cannot be recomputed from it. */
  readonly withheld?: boolean;
  readonly previous: string;
  readonly hash: string;
}

export interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** Entries that fit the search, those on other pages included. */
  readonly total: number;
}

export interface LogState {
  readonly entries: number;
  /** Hash of the last entry. */
  readonly head: string;
  /** The first entry that was changed, or that one before it is missing; `null`: the chain is whole. */
  readonly brokenAt: number | null;
}

/** Files that were written for somebody else. */
export interface Exported {
  readonly path: string;
  readonly entries: number;
}
