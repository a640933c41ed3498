import { i18n } from '../../i18n/index.svelte.ts';
import type { WindowKind } from '../kind.ts';
import CategoryChange from './CategoryChange.svelte';
import CategoryValue from './CategoryValue.svelte';
import ExplainedCategory from './ExplainedCategory.svelte';
import SmallCategory from './SmallCategory.svelte';

/** One of a list of values: shown by its shares, explained as a whole, changed by choosing another. */
export const categoryWindow: WindowKind<'category'> = {
  shape: ({ values = [], list }) => i18n.t.connect.shape.category(i18n.list(values), list === 'growing'),
  Value: CategoryValue,
  Small: SmallCategory,
  Explained: ExplainedCategory,
  limitOf: ({ weight }) => Math.abs(weight),
  Change: CategoryChange,
  isTall: false,
};
