import { type Feature, isTelling, type TellingFeatureName } from '../../protocol/calibration/features.ts';
import type { Scaling } from './scaling.ts';

/** What is wrong with a part's sources, as far as numbers can tell. */
export type Suspicion =
  /** What it measured is like nothing known: a broken instrument, or a part that nobody has learned. */
  | { readonly kind: 'strange'; readonly source: string }
  /** Each is like something known, but not of the same part. */
  | { readonly kind: 'contradiction'; readonly sources: readonly string[] };

/** How familiar a part is, see `novelty.ts`: by each of its sources alone, and by all of them together. */
interface Familiarities {
  readonly alone: Readonly<Record<string, number>>;
  readonly together: number;
}

/** Of known parts at most this share is suspected by a source, or for a contradiction. */
export const suspected = 0.02;

/** What is suspicious about a part, the worst first; empty where nothing is. */
export function suspicionsOf({ alone, together }: Familiarities, level = suspected): Suspicion[] {
  const strange = Object.entries(alone)
    .filter(([, familiarity]) => familiarity <= level)
    .sort(([, a], [, b]) => a - b);
  if (strange.length > 0) return strange.map(([source]) => ({ kind: 'strange', source }));
  const sources = Object.keys(alone);
  return together <= level && sources.length > 1 ? [{ kind: 'contradiction', sources }] : [];
}

/** A feature that is worse than in known parts. */
interface TellingFeature extends Feature {
  readonly name: TellingFeatureName;
  /** Its place among the features. */
  readonly place: number;
  /** How far, in standard deviations of known parts. */
  readonly widths: number;
}

/**
 * Why a part is suspected: of the features that speak of what is suspicious, those that stand out, the furthest first. A
 * strange source is told by its own features, a contradiction by those of two sources.
 * @param features in the order of `values`
 * @param scaling of the same columns over known parts
 */
export function tellingFeatures(
  suspicions: readonly Suspicion[],
  features: readonly Feature[],
  values: ArrayLike<number>,
  { centre, width }: Scaling,
  least = 2,
): TellingFeature[] {
  const strange = suspicions.flatMap((one) => (one.kind === 'strange' ? [one.source] : []));
  const isMeant = ({ of }: Feature) => (strange.length > 0 ? strange.includes(of[0]!) : of.length > 1);
  return features
    .flatMap(({ name, of }, place) =>
      isTelling(name) && isMeant({ name, of })
        ? [{ name, of, place, widths: (values[place]! - centre[place]!) / width[place]! }]
        : [],
    )
    .filter(({ widths }) => widths >= least)
    .sort((a, b) => b.widths - a.widths);
}
