import type { Route } from './routes.ts';

/**
 * Subject of a feature. `reconstruction`: the reconstruction itself. `source`: one source. `direction`: a source
 * compared with what another one predicts of it, as [source, other]. `pair`: two sources, in their order.
 */
export type FeatureSubject = 'reconstruction' | 'source' | 'direction' | 'pair';

/**
 * Features of a reconstruction: numbers from which its error is predicted. This list alone decides how long a
 * calibration's sums are; `training/confidence/features.ts` computes each feature, and does not compile if one is
 * missing there. `tells`: true if a value above usual means something to a person, as a sign that something is wrong.
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
  /** Distance between what two sources predict of the target: `latents` of its latents, `apart` of its measurements. */
  latents: { of: 'pair', tells: false },
  apart: { of: 'pair', tells: true },
} as const satisfies Readonly<Record<string, { readonly of: FeatureSubject; readonly tells: boolean }>>;
export type FeatureName = keyof typeof featureList;

/** Names of the features with one subject. */
export type FeatureOf<S extends FeatureSubject> = {
  [Name in FeatureName]: (typeof featureList)[Name]['of'] extends S ? Name : never;
}[FeatureName];

/** Names of the features that mean something to a person (`tells`). */
export type CautionFeatureName = {
  [Name in FeatureName]: (typeof featureList)[Name]['tells'] extends true ? Name : never;
}[FeatureName];

/** One column of a row of features. */
export interface Feature {
  readonly name: FeatureName;
  /** Sources that it is about; empty for a feature of the reconstruction itself. */
  readonly of: readonly string[];
}

export function isCaution(name: FeatureName): name is CautionFeatureName {
  return featureList[name].tells;
}

/** Features of a route's reconstructions, in the order of a row's columns. */
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
 * Latents that follow the features in a row: of each source its own, then the target's as mapped from it. Groups of
 * parts lie apart in them.
 */
export function routeEmbedding({ target, sources }: Route): { source: string; latentOf: string }[] {
  return sources.flatMap((source) => [
    { source, latentOf: source },
    { source, latentOf: target },
  ]);
}
