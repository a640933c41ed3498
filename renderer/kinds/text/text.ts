import { i18n } from '../../i18n/index.svelte.ts';
import type { WindowKind } from '../kind.ts';
import ExplainedText from './ExplainedText.svelte';
import SmallText from './SmallText.svelte';
import TextValue from './TextValue.svelte';
import WordChange from './WordChange.svelte';

/** Notes: what was written, or the likeliest words; explained word by word, changed by taking words away. */
export const textWindow: WindowKind<'text'> = {
  shape: () => i18n.t.connect.shape.text,
  Value: TextValue,
  Small: SmallText,
  Explained: ExplainedText,
  limitOf: ({ segments }) => Math.max(...segments.map(({ weight }) => Math.abs(weight ?? 0)), 0),
  Change: WordChange,
  isTall: false,
};
