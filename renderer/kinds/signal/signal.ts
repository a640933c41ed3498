import { i18n } from '../../i18n/index.svelte.ts';
import { spanErrors } from '../error-scale.ts';
import type { WindowKind } from '../kind.ts';
import ExplainedSignal from './ExplainedSignal.svelte';
import SignalChange from './SignalChange.svelte';
import SignalValue from './SignalValue.svelte';
import SmallSignal from './SmallSignal.svelte';

/** Signals: a line with a band, explained by bars under it, changed by moving neighbours together. */
export const signalWindow: WindowKind<'signal'> = {
  shape: ({ length = 0, unit = '' }) => i18n.t.connect.shape.signal(length, unit),
  Value: SignalValue,
  Small: SmallSignal,
  Explained: ExplainedSignal,
  limitOf: ({ weights }) => Math.max(...weights.map(Math.abs), 0),
  Change: SignalChange,
  errors: spanErrors,
  isTall: true,
};
