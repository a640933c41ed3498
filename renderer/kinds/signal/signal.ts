import type { ModalityView, SignalChannel } from '../../../main/api/views.ts';
import { i18n } from '../../i18n/index.svelte.ts';
import { spanErrors } from '../error-scale.ts';
import type { WindowKind } from '../kind.ts';
import ExplainedSignal from './ExplainedSignal.svelte';
import SignalChange from './SignalChange.svelte';
import SignalValue from './SignalValue.svelte';
import SmallSignal from './SmallSignal.svelte';

/** Largest number of channels that a plan's summary names. */
const mostNamed = 8;

function namesOf(channels: readonly SignalChannel[]): string {
  const names = channels
    .slice(0, mostNamed)
    .map(({ name, unit }) => (unit === '' ? name : `${name} [${unit}]`));
  return i18n.list([...names, ...(channels.length > mostNamed ? ['…'] : [])]);
}

/** How a longer signal comes to the plan's length, where that is by more than the means of its shares. */
function reducedBy(reduction: ModalityView['reduction']): string {
  const t = i18n.t.connect.shape.reduced;
  if (reduction?.by === 'windows')
    return t.windows(i18n.list(reduction.figures.map((name) => t.figures[name])));
  if (reduction?.by !== 'spectrum') return '';
  return t.spectrum(reduction.rate === undefined ? '' : i18n.whole(reduction.rate));
}

/** Signals in one unit, or each channel in its own: a line with a band, explained by bars under it, changed by moving neighbours together. */
export const signalWindow: WindowKind<'signal'> = {
  shape: ({ length = 0, unit = '', signalChannels, reduction }) =>
    signalChannels
      ? i18n.t.connect.shape.channels(length, namesOf(signalChannels))
      : `${i18n.t.connect.shape.signal(length, unit)}${reducedBy(reduction)}`,
  Value: SignalValue,
  Small: SmallSignal,
  Explained: ExplainedSignal,
  limitOf: ({ weights }) => Math.max(...weights.map(Math.abs), 0),
  Change: SignalChange,
  errors: spanErrors,
  isTall: true,
};
