/** Milliseconds of work in a slice: under one more is done at once, above the other less. */
const [short, long] = [12, 30];

/** How much a slice of a longer work does. */
export interface SlicePace {
  /** Items that the next slice is about. */
  readonly items: number;
  /** Hears how many milliseconds the last slice took, without what the disk needed. */
  took(milliseconds: number): void;
}

/**
 * Lets slices grow while they are short, since each waits for the disk, and shrink when they hold up the event loop.
 * @param least items of the first slice, and of any @param most items of any
 */
export function slicePace(least: number, most: number): SlicePace {
  let items = least;
  return {
    get items() {
      return items;
    },
    took(milliseconds) {
      if (milliseconds < short) items = Math.min(most, 2 * items);
      else if (milliseconds > long) items = Math.max(least, items >> 1);
    },
  };
}
