import type { SignalChannel, SignalModality } from '../../protocol/kinds/index.ts';
import { roundedSignal, unscaleSignal } from '../../protocol/kinds/scaling.ts';
import type { NamedValue } from '../../training/kinds/looking.ts';
import type { ValueView } from '../api/views.ts';
import type { Band, WorkstationKind } from './kind.ts';

/** Digits of a value's range that views and files keep: more of them than the model's numbers tell apart say nothing. */
const digits = 6;

/** Signals, in one unit or each channel in its own: drawn with a band, exported as columns of values and of the band's sides. */
export const signalInWorkstation: WorkstationKind<SignalModality> = {
  planFields: ({ length, unit, range, channels, reduction }) => ({
    length,
    ...(reduction && { reduction }),
    ...(channels && { signalChannels: channels }),
    ...(unit !== undefined && { unit }),
    ...(range && { range }),
  }),
  measured: (_modality, value) => ({ kind: 'signal', values: Array.isArray(value) ? value : [] }),
  drawn: async (modality, { values, band }) => signalView(modality, await values(), await band?.()),
  explained: (_modality, { attribution }) => ({ kind: 'signal', weights: attribution }),
  kept: ({ values, named }) => ({ kind: 'signal', values, ...(named && { named }) }),
  figure: ({ values, named }) =>
    named ? { form: 'words', words: namedWords(named) } : { form: 'line', values },
  table: {
    head: ({ name, length, channels, unit = '' }) =>
      ['', '_low', '_high'].flatMap((side) =>
        channels
          ? channels.map((channel) => `${name}${side}: ${titleOf(channel)}`)
          : Array.from({ length }, (_, index) => titleOf({ name: `${name}_${index + 1}${side}`, unit })),
      ),
    cells({ length }, view) {
      if (view.kind !== 'signal') return [];
      const blank = Array.from({ length }, () => '');
      return [...view.values, ...(view.low ?? blank), ...(view.high ?? blank)];
    },
  },
};

/** Title of a column of values: `area [mm²]`. */
function titleOf({ name, unit }: Pick<SignalChannel, 'name' | 'unit'>): string {
  return unit === '' ? name : `${name} [${unit}]`;
}

/** Number of characters that fit a small place on paper. */
const longestOnPaper = 46;

/** Channels in words, as many as there is room for: `area 31.2 mm², holes 2`. */
function namedWords(named: readonly NamedValue[]): string {
  const all = named.map(({ name, value, unit }) => `${name} ${value} ${unit}`.trim()).join(', ');
  return all.length > longestOnPaper ? `${all.slice(0, longestOnPaper - 1)}…` : all;
}

/** A signal in its units, with a band where one is known. @param mean in 0…1 */
function signalView(modality: SignalModality, mean: Float32Array, around: Band | undefined): ValueView {
  const inUnits = (values: Float32Array) => roundedSignal(modality, unscaleSignal(modality, values), digits);
  const side = (sign: number, { sigma, width }: Band) =>
    inUnits(mean.map((value, index) => value + sign * width * sigma[index]!));
  return {
    kind: 'signal',
    values: inUnits(mean),
    ...(around && { low: side(-1, around), high: side(1, around) }),
  };
}
