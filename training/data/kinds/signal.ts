import { FedReconError } from '../../../protocol/errors.ts';
import { scaleSignal } from '../../../protocol/kinds/scaling.ts';
import type { SignalModality } from '../../../protocol/plan.ts';
import { isMissing, parseNumber, splitNumbers } from '../../cells/numbers.ts';
import type { DataKind } from './kind.ts';

/** Noise may leave the plan's range a little; beyond this share of its span the value is wrong, not noisy. */
const tolerance = 0.25;

export const signal: DataKind<SignalModality> = {
  columns: (modality) => modality.length,
  headers: [],
  resembles: (modality, cell) =>
    modality.length > 1 &&
    splitNumbers(cell, true).length === modality.length &&
    /^[-+\d\s.,;|[\]e]+$/i.test(cell),

  async read(modality, cells, { decimal }) {
    if (cells.every(isMissing)) return undefined;
    const tokens = cells.length === 1 ? splitNumbers(cells[0]!, modality.length > 1) : cells;
    const present = tokens.filter((token) => !isMissing(token));
    if (present.length !== modality.length)
      throw new FedReconError('signal-length', { actual: present.length, expected: modality.length });
    const values = tokens.map((token) => parseNumber(token, decimal));
    checkRange(modality, values);
    return {
      shown: values.join(' '),
      encode: async () => ({ values: scaleSignal(modality, values), record: values }),
    };
  },
};

function checkRange(modality: SignalModality, values: readonly number[]): void {
  const [low, high] = modality.range;
  const margin = tolerance * (high - low);
  const wrong = values.find((value) => value < low - margin || value > high + margin);
  if (wrong === undefined) return;
  throw new FedReconError('signal-range', { value: wrong, low, high, unit: modality.unit });
}
