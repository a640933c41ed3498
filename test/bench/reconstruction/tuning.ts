/** One setting of one method, and what it was chosen from. */
export interface TunedSetting {
  /** Name of the method. */
  readonly method: string;
  /** The setting in plain words, with its plan option where it has one. */
  readonly setting: string;
  readonly tried: readonly (number | string)[];
  readonly chosen: number | string;
  /** What the choice was made by: data, seeds, figure. Never the held-out parts of the published seeds. */
  readonly by: string;
}

/**
 * The grids that were tried, so that a reader sees how much effort each method was given. A method without a row runs
 * with the plan's settings and none of its own.
 */
export const tuning: readonly TunedSetting[] = [];
