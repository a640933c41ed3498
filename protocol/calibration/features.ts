import type { Route } from './routes.ts';

/**
 * What a feature speaks of. `reconstruction`: the reconstruction. `source`: one source. `direction`: a source by what another
 * lets one expect: [it, the other]. `pair`: two sources, in their order.
 */
export type FeatureSubject = 'reconstruction' | 'source' | 'direction' | 'pair';

/**
 * The features of a reconstruction: numbers that tell the confidence how good it may be. This list alone says how long
 * a calibration's sums are; `training/confidence/features.ts` says how each is computed, and does not compile without one.
 * `tells`: whether one that is above usual says to a person that something is wrong.
 */
export const featureList = {
  deviation: { of: 'reconstruction', tells: false },
  brightness: { of: 'reconstruction', tells: false },
  indecision: { of: 'reconstruction', tells: false },
  roughness: { of: 'reconstruction', tells: false },
  mapping: { of: 'source', tells: false },
  latent: { of: 'source', tells: true },
  idle: { of: 'source', tells: true },
  itself: { of: 'source', tells: true },
  worst: { of: 'source', tells: true },
  consistency: { of: 'source', tells: true },
  back: { of: 'source', tells: false },
  crossed: { of: 'direction', tells: true },
  /** How far apart two sources see the target: as latents, and as measurements. */
  latents: { of: 'pair', tells: false },
  apart: { of: 'pair', tells: true },
} as const satisfies Readonly<Record<string, { readonly of: FeatureSubject; readonly tells: boolean }>>;
export type FeatureName = keyof typeof featureList;

/** The features that speak of one sort of thing. */
export type FeatureOf<S extends FeatureSubject> = {
  [Name in FeatureName]: (typeof featureList)[Name]['of'] extends S ? Name : never;
}[FeatureName];

/** Those that one can be told. */
export type TellingFeatureName = {
  [Name in FeatureName]: (typeof featureList)[Name]['tells'] extends true ? Name : never;
}[FeatureName];

/** A number of a row of features. */
export interface Feature {
  readonly name: FeatureName;
  /** The sources that it speaks of; none: of the reconstruction. */
  readonly of: readonly string[];
}

export function isTelling(name: FeatureName): name is TellingFeatureName {
  return featureList[name].tells;
}

/** The features of a route's reconstructions, in the order in which they stand in a row. */
export function routeFeatures({ sources }: Pick<Route, 'sources'>): Feature[] {
  const about = (subject: FeatureSubject, of: readonly string[]): Feature[] =>
    Object.entries(featureList).flatMap(([name, feature]) =>
      feature.of === subject ? [{ name: name as FeatureName, of }] : [],
    );
  return [
    ...about('reconstruction', []),
    ...sources.flatMap((source) => about('source', [source])),
    ...sources.flatMap((one, place) =>
      sources
        .slice(place + 1)
        .flatMap((other) => [
          ...about('direction', [other, one]),
          ...about('direction', [one, other]),
          ...about('pair', [one, other]),
        ]),
    ),
  ];
}

/**
 * The latents that follow the features in a row, where groups of parts lie apart: of each source its own, then what it says
 * of the target's.
 */
export function routeEmbedding({ target, sources }: Route): { source: string; latentOf: string }[] {
  return sources.flatMap((source) => [
    { source, latentOf: source },
    { source, latentOf: target },
  ]);
}
