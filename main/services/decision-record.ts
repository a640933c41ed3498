import type { TrustView } from '../api/views.ts';
import type { DecisionEntry } from '../store/decisions.ts';
import type { Reconstruction } from '../store/reconstructions.ts';

/** A reconstruction as a decision on it records it: what it is, and what was said of it then. */
export function asShown(found: Reconstruction, trust: TrustView | undefined): DecisionEntry['shown'] {
  const { fingerprint, modelVersion, planHash, file, position, madeAt, sources } = found;
  return {
    ...{ fingerprint, modelVersion, planHash, file, row: position, madeAt, sources },
    confidence: trust?.confidence ?? found.confidence,
    ...(trust && {
      trust: { verdict: trust.verdict, tolerance: trust.tolerance, familiarity: trust.familiarity },
    }),
  };
}
