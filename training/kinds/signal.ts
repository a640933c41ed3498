import { FedReconError } from '../../protocol/errors.ts';
import type { SignalModality } from '../../protocol/kinds/index.ts';
import { scaleSignal, unscaleSignal } from '../../protocol/kinds/scaling.ts';
import { type DecimalMark, isMissing, parseNumber, splitNumbers } from '../cells/numbers.ts';
import { spread } from '../measures/spread.ts';
import { mean, quantile } from '../measures/statistics.ts';
import { isCounter, mostCells, numberIn } from './columns.ts';
import { moved } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import type { MeasuredParts, Summary } from './looking.ts';
import { continuousMisfit } from './misfit.ts';
import { constantChannels, spikes, stuckChannels } from './oddities/channels.ts';
import { repeatedParts } from './oddities/duplicates.ts';
import { placesFrom, startsIn } from './places.ts';

/** Share of the plan's range by which a value may leave it as noise; a value further out is wrong. */
const tolerance = 0.25;
/** Approximate number of groups of neighbouring channels into which a signal is taken apart. */
const channelGroups = 14;
/**
 * Least length of a signal in which repeated parts are looked for; a shorter one may equal another part's by chance.
 */
const leastToRepeat = 8;
/** Number of parts from which a profile is drawn, which is a few hundred pixels wide. */
const profileParts = 400;

/**
 * Training of signals: values scaled by the plan's range, which noise may leave; Gaussian around a linear output with a
 * learned variance for every value.
 */
export const signalTraining: TrainingKind<SignalModality> = {
  columns: ({ length }) => length,
  headers: [],
  resembles: ({ length }, cell) =>
    length > 1 && splitNumbers(cell, true).length === length && /^[-+\d\s.,;|[\]e]+$/i.test(cell),

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

  mean: (raw) => raw,
  negativeLogLikelihood: (x, raw, { gaussianNll }) => gaussianNll(x, raw),
  variance: (_mean, { learnedVariance }) => learnedVariance(),
  ...continuousMisfit,
  measures: ['error', 'psnr'],

  baseline: 'mean',
  hasExtremes: true,
  pieces({ length }, _values, grain) {
    const width = grain === 'channels' ? 1 : Math.ceil(length / channelGroups);
    return startsIn(length, width).map((first) => {
      const places = placesFrom(first, Math.min(first + width, length));
      return { places, label: { kind: 'channels', first: first + 1, last: first + places.length } };
    });
  },
  changed: moved,

  understand(cells, decimal) {
    if (mostCells(cells, (cell) => isNumber(cell, decimal)))
      return isCounter(cells.map((cell) => numberIn(cell, decimal))) ? undefined : { length: 1 };
    const length = commonest(cells.map((cell) => splitNumbers(cell, true).length));
    const fits = (cell: string) => {
      const tokens = splitNumbers(cell, true);
      return tokens.length === length && tokens.every((token) => isNumber(token, decimal));
    };
    return length > 1 && mostCells(cells, fits) ? { length } : undefined;
  },
  joinsColumns: true,
  async standardFields({ rows, length, decimal }) {
    const several = rows[0]?.length === 1 && length > 1;
    const values = rows
      .flatMap((cells) => cells.flatMap((cell) => splitNumbers(cell, several)))
      .filter((token) => !isMissing(token))
      .map((token) => numberIn(token, decimal))
      .filter((value) => !Number.isNaN(value));
    return { kind: 'signal', length, unit: '', range: rangeOf(values) };
  },
  shown: (modality, values) => ({
    kind: 'signal',
    values: Array.from(unscaleSignal(modality, values), rounded),
  }),
  summary: profileOf,
  oddities: [
    constantChannels,
    stuckChannels,
    spikes,
    (given) => (given.modality.length < leastToRepeat ? [] : repeatedParts(given)),
  ],
};

function checkRange(modality: SignalModality, values: readonly number[]): void {
  const [low, high] = modality.range;
  const margin = tolerance * (high - low);
  const wrong = values.find((value) => value < low - margin || value > high + margin);
  if (wrong === undefined) return;
  throw new FedReconError('signal-range', { value: wrong, low, high, unit: modality.unit });
}

function isNumber(cell: string, decimal: DecimalMark): boolean {
  return !Number.isNaN(numberIn(cell, decimal));
}

function commonest(values: readonly number[]): number {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups.reduce(
    (best, group) => (group[1].length > best[1].length ? group : best),
    [0, [] as number[]],
  )[0];
}

/**
 * Range of a signal: nearly all values and a tenth of their span around them; the import then lists values far outside.
 */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [quantile(values, 0.005), quantile(values, 0.995)];
  const margin = (high - low) / 10 || Math.max(1, Math.abs(high) / 10);
  return [Number((low - margin).toPrecision(4)), Number((high + margin).toPrecision(4))];
}

function profileOf({ modality, rows }: MeasuredParts<SignalModality>): Summary {
  const sample = spread(rows, profileParts).map((values) => unscaleSignal(modality, values));
  const profile = placesFrom(0, modality.length).map((place) => {
    const values = sample.map((own) => own[place]!);
    const [low, high] = [quantile(values, 0.05), quantile(values, 0.95)];
    return { low: rounded(low), mean: rounded(mean(values)), high: rounded(high) };
  });
  return { profile };
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
