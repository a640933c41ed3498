import type { Scaling } from './scaling.ts';

/** What is wrong with a part's sources, as far as numbers can tell. */
export type Suspicion =
  /** What it measured is like nothing known: a broken instrument, or a part that nobody has learned. */
  | { readonly kind: 'strange'; readonly source: string }
  /** Each is like something known, but not of the same part. */
  | { readonly kind: 'contradiction'; readonly sources: readonly string[] };

/** How familiar a part is, see `novelty.ts`: by each of its sources alone, and by all of them together. */
export interface Familiarities {
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

/** A signal of evidence that is far from what it is in known parts. */
export interface TellingSignal {
  readonly name: string;
  /** Standard deviations of known parts; below 0 where it is less than usual. */
  readonly widths: number;
}

/**
 * The signals that tell a part apart, the most telling first: why it is suspected.
 * @param names of the signals, in the order of `signals`
 * @param scaling of the same columns over known parts
 */
export function tellingSignals(
  names: readonly string[],
  signals: ArrayLike<number>,
  { centre, width }: Scaling,
  least = 2,
): TellingSignal[] {
  return names
    .map((name, place) => ({ name, widths: (signals[place]! - centre[place]!) / width[place]! }))
    .filter(({ widths }) => Math.abs(widths) >= least)
    .sort((a, b) => Math.abs(b.widths) - Math.abs(a.widths));
}
