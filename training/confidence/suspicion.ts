import { type CautionFeatureName, type Feature, isCaution } from '../../protocol/calibration/features.ts';
import type { Scaling } from './scaling.ts';

/** Suspicion: what is probably wrong with a part's sources. */
export type Suspicion =
  /** Strange: the source is like nothing known, from a broken instrument or of a part unlike any that was learned. */
  | { readonly kind: 'strange'; readonly source: string }
  /** Contradiction: each source is like something known, but they do not fit the same part. */
  | { readonly kind: 'contradiction'; readonly sources: readonly string[] };

/** Familiarities of a part, see `novelty.ts`: by each of its sources alone, and by all of them together. */
interface Familiarities {
  readonly alone: Readonly<Record<string, number>>;
  readonly together: number;
}

/** Largest share of known parts that is suspected by a source, or for a contradiction. */
export const suspected = 0.02;

/** Suspicions about a part, the worst first. */
export function suspicionsOf({ alone, together }: Familiarities, level = suspected): Suspicion[] {
  const strange = Object.entries(alone)
    .filter(([, familiarity]) => familiarity <= level)
    .sort(([, a], [, b]) => a - b);
  if (strange.length > 0) return strange.map(([source]) => ({ kind: 'strange', source }));
  const sources = Object.keys(alone);
  return together <= level && sources.length > 1 ? [{ kind: 'contradiction', sources }] : [];
}

/** Feature of a part that is worse than in known parts. */
interface CautionFeature extends Feature {
  readonly name: CautionFeatureName;
  /** Its place among the features. */
  readonly place: number;
  /** Distance above the mean of known parts, in their standard deviations. */
  readonly widths: number;
}

/**
 * Features that explain why a part is suspected, the furthest above usual first: of a strange source its own features,
 * of a contradiction those of two sources.
 * @param features features in the order of `values`
 * @param scaling centre and width of the same columns over known parts
 */
export function cautionFeatures(
  suspicions: readonly Suspicion[],
  features: readonly Feature[],
  values: ArrayLike<number>,
  { centre, width }: Scaling,
  least = 2,
): CautionFeature[] {
  const strange = suspicions.flatMap((one) => (one.kind === 'strange' ? [one.source] : []));
  const isMeant = ({ of }: Feature) => (strange.length > 0 ? strange.includes(of[0]!) : of.length > 1);
  return features
    .flatMap(({ name, of }, place) =>
      isCaution(name) && isMeant({ name, of })
        ? [{ name, of, place, widths: (values[place]! - centre[place]!) / width[place]! }]
        : [],
    )
    .filter(({ widths }) => widths >= least)
    .sort((a, b) => b.widths - a.widths);
}
