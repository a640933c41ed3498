import type { Shown } from '../../training/kinds/looking.ts';
import type { PilotShown } from '../api/views/pilot.ts';

/** Puts a picture of what is shown aside and leaves its number; all else stays as it is. */
export type Keep = (shown: Shown) => PilotShown;
