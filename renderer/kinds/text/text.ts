import { i18n } from '../../i18n/index.svelte.ts';
import { type ErrorScale, spanErrors } from '../error-scale.ts';
import type { WindowKind } from '../kind.ts';
import ExplainedText from './ExplainedText.svelte';
import SmallText from './SmallText.svelte';
import TextValue from './TextValue.svelte';
import WordChange from './WordChange.svelte';

/** Error scale of words: how surprising the true ones are, in nats as a mean over the vocabulary. */
const wordErrors: ErrorScale = {
  ...spanErrors,
  said: (error) => i18n.t.trust.aWord(i18n.significant(error, 2)),
  expected: (error) => i18n.t.trust.expectedWords(error),
  typed: () => ({ unit: i18n.t.trust.aWordUnit, why: i18n.t.trust.toleranceWords, least: 0.001, most: 10 }),
  toTyped: (error) => Number(error.toFixed(3)),
  fromTyped: (typed) => typed,
};

/** Texts: shown as written or by the likeliest words; explained word by word, changed by taking words away. */
export const textWindow: WindowKind<'text'> = {
  shape: () => i18n.t.connect.shape.text,
  Value: TextValue,
  Small: SmallText,
  Explained: ExplainedText,
  limitOf: ({ segments }) => Math.max(...segments.map(({ weight }) => Math.abs(weight ?? 0)), 0),
  Change: WordChange,
  errors: wordErrors,
  isTall: false,
};
