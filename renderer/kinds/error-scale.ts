import { i18n } from '../i18n/index.svelte.ts';

/** How the errors and tolerances of a kind are said, and how a tolerance is typed. */
export interface ErrorScale {
  /** An error, as every other text here takes it. */
  said(error: number): string;
  /** How likely a part is within the tolerance. */
  within(percent: string, tolerance: string): string;
  expected(error: string): string;
  /** What the bins of a model card were said of. */
  cameTrue(tolerance: string): string;
  /** What a tolerance is when it is typed, and which. */
  typed(): { readonly unit: string; readonly why: string; readonly least: number; readonly most: number };
  /** A tolerance as it is typed. */
  toTyped(error: number): number;
  fromTyped(typed: number): number;
}

/** Of values that span a range: root mean squares in shares of it. */
export const spanErrors: ErrorScale = {
  said: (error) => i18n.percent(error),
  within: (percent, tolerance) => i18n.t.trust.within(percent, tolerance),
  expected: (error) => i18n.t.trust.expected(error),
  cameTrue: (tolerance) => i18n.t.models.cameTrue(tolerance),
  typed: () => ({ unit: '%', why: i18n.t.trust.toleranceWhy, least: 0.1, most: 1000 }),
  toTyped: (error) => Number((100 * error).toFixed(2)),
  fromTyped: (typed) => typed / 100,
};
