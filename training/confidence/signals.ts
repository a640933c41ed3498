/**
 * What signals of evidence speak of, and whether one that is above usual says to a person that something is wrong.
 */
export const signalKinds = {
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
export type SignalKind = keyof typeof signalKinds;

/** Those that one can be told. */
export type TellingKind = {
  [Kind in SignalKind]: (typeof signalKinds)[Kind] extends true ? Kind : never;
}[SignalKind];

/** A signal's name. */
export interface SignalName {
  readonly kind: SignalKind;
  /** The sources that it speaks of; none: of the reconstruction. */
  readonly of: readonly string[];
}

export function isTelling(kind: SignalKind): kind is TellingKind {
  return signalKinds[kind];
}
