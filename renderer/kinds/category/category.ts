import { i18n } from '../../i18n/index.svelte.ts';
import type { ErrorScale } from '../error-scale.ts';
import type { WindowKind } from '../kind.ts';
import CategoryChange from './CategoryChange.svelte';
import CategoryValue from './CategoryValue.svelte';
import ExplainedCategory from './ExplainedCategory.svelte';
import SmallCategory from './SmallCategory.svelte';

/**
 * Error scale of categories: cross-entropies are shown as the share that the true value was given, which they are the
 * logarithm of.
 */
const shareErrors: ErrorScale = {
  said: (error) => i18n.percent(Math.exp(-error)),
  within: (percent, share) => i18n.t.trust.withinShare(percent, share),
  expected: (share) => i18n.t.trust.expectedShare(share),
  cameTrue: (share) => i18n.t.models.cameTrueShare(share),
  typed: () => ({ unit: '%', why: i18n.t.trust.toleranceShare, least: 1, most: 99 }),
  toTyped: (error) => Math.round(100 * Math.exp(-error)),
  fromTyped: (typed) => -Math.log(typed / 100),
};

/** Categories: shown by the shares of the values, explained as a whole, changed by choosing another. */
export const categoryWindow: WindowKind<'category'> = {
  shape: ({ values = [], list }) => i18n.t.connect.shape.category(i18n.list(values), list === 'growing'),
  Value: CategoryValue,
  Small: SmallCategory,
  Explained: ExplainedCategory,
  limitOf: ({ weight }) => Math.abs(weight),
  Change: CategoryChange,
  errors: shareErrors,
  isTall: false,
};
