/** A part of this plant that its sources find similar. */
export interface Neighbour {
  readonly part: number;
  /** Root mean square over sources and latent dimensions, in standard deviations of the plant's own latents. */
  readonly distance: number;
  /** Whether the target was measured there. */
  readonly measured: boolean;
}
