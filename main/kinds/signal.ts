import type { SignalModality } from '../../protocol/kinds/index.ts';
import { unscaleSignal } from '../../protocol/kinds/scaling.ts';
import type { ValueView } from '../api/views.ts';
import type { Band, WorkstationKind } from './kind.ts';

/** Signals: drawn as a line with a band, exported as columns of values and of the band's sides. */
export const signalInWorkstation: WorkstationKind<SignalModality> = {
  planFields: ({ length, unit, range }) => ({ length, unit, range }),
  measured: (_modality, value) => ({ kind: 'signal', values: Array.isArray(value) ? value : [] }),
  drawn: async (modality, { values, band }) => signalView(modality, await values(), await band?.()),
  explained: (_modality, { attribution }) => ({ kind: 'signal', weights: attribution }),
  kept: ({ values }) => ({ kind: 'signal', values }),
  figure: ({ values }) => ({ form: 'line', values }),
  table: {
    head: ({ name, length }) =>
      ['', '_low', '_high'].flatMap((side) =>
        Array.from({ length }, (_, index) => `${name}_${index + 1}${side}`),
      ),
    cells({ length }, view) {
      if (view.kind !== 'signal') return [];
      const blank = Array.from({ length }, () => '');
      return [...view.values, ...(view.low ?? blank), ...(view.high ?? blank)];
    },
  },
};

/** A signal in its unit, with a band where one is known. @param mean in 0…1 */
function signalView(modality: SignalModality, mean: Float32Array, around: Band | undefined): ValueView {
  const side = (sign: number, { sigma, width }: Band) =>
    Array.from(
      unscaleSignal(
        modality,
        mean.map((value, index) => value + sign * width * sigma[index]!),
      ),
    );
  return {
    kind: 'signal',
    values: Array.from(unscaleSignal(modality, mean)),
    ...(around && { low: side(-1, around), high: side(1, around) }),
  };
}
