import type { CheckName } from '../diagnosis-checks.ts';
import type { Label } from './general.ts';

export type { CheckName };

/** Outcome of a check: what was found, and what to do about it. */
export interface CheckView {
  readonly check: CheckName;
  /** `look`: nothing stands still, but somebody should see to it; `left-out`: there is nothing to check yet. */
  readonly state: 'good' | 'look' | 'bad' | 'left-out';
  readonly found: Label;
  /** Null where nothing is to be done. */
  readonly cure: Label | null;
}
