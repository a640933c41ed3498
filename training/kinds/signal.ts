import { FedReconError } from '../../protocol/errors.ts';
import type { SignalModality } from '../../protocol/kinds/index.ts';
import {
  roundedSignal,
  roundedTo,
  scaleAt,
  scaleSignal,
  spanAt,
  unscaleSignal,
} from '../../protocol/kinds/scaling.ts';
import { type DecimalMark, isMissing, parseNumber, splitNumbers } from '../cells/numbers.ts';
import { spread } from '../measures/spread.ts';
import { mean, quantile } from '../measures/statistics.ts';
import { isCounter, mostCells, numberIn } from './columns.ts';
import { misfitting, moved } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import type { MeasuredParts, Summary } from './looking.ts';
import { continuousMisfit } from './misfit.ts';
import { constantChannels, spikes, stuckChannels, unlikeChannels } from './oddities/channels.ts';
import { repeatedParts } from './oddities/duplicates.ts';
import { placesFrom, startsIn } from './places.ts';
import { signalScales } from './signal-scales.ts';

/** Share of the plan's range by which a value may leave it as noise; a value further out is wrong. */
const tolerance = 0.25;
/** Approximate number of groups of neighbouring channels into which a signal is taken apart. */
const channelGroups = 14;
/**
 * Least length of a signal in which repeated parts are looked for; a shorter one may equal another part's by chance.
 */
const leastToRepeat = 8;
/** Digits of a value's range that a person is shown. */
const shownDigits = 4;
/** Number of parts from which a profile is drawn, which is a few hundred pixels wide. */
const profileParts = 400;

/**
 * Training of signals: values scaled by the plan's ranges, which noise may leave; Gaussian around a linear output with a
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
  pieces({ length, channels }, _values, grain) {
    // What is no neighbour of anything is taken away by itself.
    const width = grain === 'channels' || channels ? 1 : Math.ceil(length / channelGroups);
    return startsIn(length, width).map((first) => {
      const places = placesFrom(first, Math.min(first + width, length));
      const name = channels?.[first]?.name;
      const label = { kind: 'channels', first: first + 1, last: first + places.length } as const;
      return { places, label: { ...label, ...(name !== undefined && { name }) } };
    });
  },
  changed(modality, before, change) {
    if (modality.channels && 'by' in change && change.first !== change.last)
      throw misfitting(`the channels of ${modality.name} have units of their own: move one at a time`);
    return moved(modality, before, change);
  },

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
  async standardFields({ rows, length, decimal, columns, isNamed }) {
    const several = rows[0]?.length === 1 && length > 1;
    const numbers = rows
      .map((cells) => (several ? splitNumbers(cells[0]!, true) : cells))
      .filter((tokens) => tokens.length === length)
      .map((tokens) => tokens.map((token) => (isMissing(token) ? Number.NaN : numberIn(token, decimal))));
    return { kind: 'signal', length, ...signalScales(numbers, columns, isNamed) };
  },
  shown(modality, values) {
    const inUnits = roundedSignal(modality, unscaleSignal(modality, values), shownDigits);
    const named = modality.channels?.map(({ name, unit }, place) => ({ name, unit, value: inUnits[place]! }));
    return { kind: 'signal', values: inUnits, ...(named && { named }) };
  },
  summary: profileOf,
  oddities: [
    unlikeChannels,
    constantChannels,
    stuckChannels,
    spikes,
    (given) => (given.modality.length < leastToRepeat ? [] : repeatedParts(given)),
  ],
};

function checkRange(modality: SignalModality, values: readonly number[]): void {
  for (const [place, value] of values.entries()) {
    const {
      unit,
      range: [low, high],
    } = scaleAt(modality, place);
    const margin = tolerance * (high - low);
    if (value >= low - margin && value <= high + margin) continue;
    const channel = modality.channels?.[place]?.name;
    if (channel !== undefined) throw new FedReconError('channel-range', { channel, value, low, high, unit });
    throw new FedReconError('signal-range', { value, low, high, unit });
  }
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

function profileOf({ modality, rows }: MeasuredParts<SignalModality>): Summary {
  const sample = spread(rows, profileParts).map((values) => unscaleSignal(modality, values));
  const profile = placesFrom(0, modality.length).map((place) => {
    const values = sample.map((own) => own[place]!);
    const shown = (value: number) => roundedTo(spanAt(modality, place), value, shownDigits);
    const [low, high] = [quantile(values, 0.05), quantile(values, 0.95)];
    const { name, unit } = modality.channels?.[place] ?? {};
    return {
      ...{ low: shown(low), mean: shown(mean(values)), high: shown(high) },
      ...(name !== undefined && unit !== undefined && { name, unit }),
    };
  });
  return { profile };
}
