/** What one transaction of a longer work did. */
export interface SliceDone {
  /** Rows that it wrote. */
  readonly rows: number;
  /** Share of the whole work that is done, 0…1. */
  readonly fraction: number;
}

/** Work in transactions of bounded length: each step is one, and whoever takes the steps may let others have their turn. */
export type Slices<Result> = Generator<SliceDone, Result, void>;

/** Does all of it in one go: for little data, and within a transaction. */
export function atOnce<Result>(slices: Slices<Result>): Result {
  for (let step = slices.next(); ; step = slices.next()) if (step.done) return step.value;
}

/**
 * Does it slice by slice, and lets the event loop turn after each.
 * @param told hears of each slice; what it throws ends the work there
 */
export async function inTurns<Result>(
  slices: Slices<Result>,
  told: (done: SliceDone) => void = () => {},
): Promise<Result> {
  try {
    for (let step = slices.next(); ; step = slices.next()) {
      if (step.done) return step.value;
      told(step.value);
      await new Promise(setImmediate);
    }
  } finally {
    slices.return(undefined as Result);
  }
}
