import { i18n } from '../i18n/index.svelte.ts';

/** Error scale of a kind: how its errors and tolerances are written, and how a tolerance is typed. */
export interface ErrorScale {
  /** An error in the form in which every other text here takes it. */
  said(error: number): string;
  /** Sentence on how likely a part is within the tolerance. */
  within(percent: string, tolerance: string): string;
  expected(error: string): string;
  /** Label over a model card's confidences and the shares of parts that were within the tolerance. */
  cameTrue(tolerance: string): string;
  /** Unit, explanation and limits of a tolerance when it is typed. */
  typed(): { readonly unit: string; readonly why: string; readonly least: number; readonly most: number };
  /** A tolerance in the unit in which it is typed. */
  toTyped(error: number): number;
  fromTyped(typed: number): number;
}

/** Error scale of values that span a range: root mean squares in shares of it. */
export const spanErrors: ErrorScale = {
  said: (error) => i18n.percent(error),
  within: (percent, tolerance) => i18n.t.trust.within(percent, tolerance),
  expected: (error) => i18n.t.trust.expected(error),
  cameTrue: (tolerance) => i18n.t.models.cameTrue(tolerance),
  typed: () => ({ unit: '%', why: i18n.t.trust.toleranceWhy, least: 0.1, most: 1000 }),
  toTyped: (error) => Number((100 * error).toFixed(2)),
  fromTyped: (typed) => typed / 100,
};
