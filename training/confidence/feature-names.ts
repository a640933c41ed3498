/**
 * What features speak of, and whether one that is above usual says to a person that something is wrong.
 */
export const featureTells = {
  /** Of the reconstruction. */
  deviation: false,
  brightness: false,
  indecision: false,
  roughness: false,
  /** Of a source. */
  mapping: false,
  latent: true,
  idle: true,
  itself: true,
  worst: true,
  consistency: true,
  back: false,
  /** Of a source by what another lets one expect: [it, the other]. */
  crossed: true,
  /** Of two sources: how far apart they see the target. */
  latents: false,
  apart: true,
} as const satisfies Readonly<Record<string, boolean>>;
export type FeatureName = keyof typeof featureTells;

/** Those that one can be told. */
export type TellingFeatureName = {
  [Name in FeatureName]: (typeof featureTells)[Name] extends true ? Name : never;
}[FeatureName];

/** A number of a row of features. */
export interface Feature {
  readonly name: FeatureName;
  /** The sources that it speaks of; none: of the reconstruction. */
  readonly of: readonly string[];
}

export function isTelling(name: FeatureName): name is TellingFeatureName {
  return featureTells[name];
}
