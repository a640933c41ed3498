import type { KindExplaining } from './explaining.ts';
import type { KindLikelihood } from './likelihood.ts';
import type { KindLooking } from './looking.ts';
import type { KindMeasuring } from './measuring.ts';
import type { KindMisfit } from './misfit.ts';
import type { KindReading } from './reading.ts';

/** Kind of modality as training sees it; the table of kinds is `index.ts`. */
export interface TrainingKind<M>
  extends KindReading<M>,
    KindLikelihood,
    KindMisfit,
    KindMeasuring,
    KindExplaining<M>,
    KindLooking<M> {}
