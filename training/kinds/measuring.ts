import type { MeasureName } from '../measures/measure-table.ts';

/** What reconstructions of a kind are measured by. */
export interface KindMeasuring {
  /** The first one leads: comparisons, groups, worst cases and recommendations go by it. */
  readonly measures: readonly [leading: MeasureName, ...others: MeasureName[]];
}
