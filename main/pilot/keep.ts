import type { Shown } from '../../training/kinds/looking.ts';
import type { PilotShown } from '../api/views/pilot.ts';

/** Puts a picture that is shown aside and leaves its number in its place; values of other kinds stay as they are. */
export type Keep = (shown: Shown) => PilotShown;
