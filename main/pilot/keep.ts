import type { Shown } from '../../training/pilot/facts.ts';
import type { PilotShown } from '../api/views/pilot.ts';

/** Puts a picture of what is shown aside and leaves its number; all else stays as it is. */
export type Keep = (shown: Shown) => PilotShown;
