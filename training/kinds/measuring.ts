import type { MeasureName } from '../measures/measure-table.ts';

/** Measures of a kind's reconstructions. */
export interface KindMeasuring {
  /** Measures; the first one leads: comparisons, groups, worst cases and recommendations go by it. */
  readonly measures: readonly [leading: MeasureName, ...others: MeasureName[]];
}
