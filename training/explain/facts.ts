/** What is occluded together: neighbouring channels of a signal, a patch of an image, a word. */
export type UnitLabel =
  | { readonly kind: 'channels'; readonly first: number; readonly last: number }
  | {
      readonly kind: 'patch';
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'word'; readonly word: string };

/** A part of this plant that its sources find similar. */
export interface Neighbour {
  readonly part: number;
  /** Root mean square over sources and latent dimensions, in standard deviations of the plant's own latents. */
  readonly distance: number;
  /** Whether the target was measured there. */
  readonly measured: boolean;
}
