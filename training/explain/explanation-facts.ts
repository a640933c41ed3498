/** Neighbour: a part of this plant that is similar by its sources. */
export interface Neighbour {
  readonly part: number;
  /**
   * Distance: root mean square over sources and latent dimensions, in standard deviations of the plant's own latents.
   */
  readonly distance: number;
  /** True if the target was measured on it. */
  readonly measured: boolean;
}
