import { FedReconError } from '../../protocol/errors.ts';
import type { SignalModality } from '../../protocol/kinds/index.ts';
import {
  measuredUnit,
  rangeAt,
  roundedSignal,
  roundedTo,
  scaleAt,
  scaleSignal,
  spanAt,
  unscaleSignal,
} from '../../protocol/kinds/scaling.ts';
import { longestMeasured } from '../../protocol/kinds/signal.ts';
import type { Nothing } from '../cells/nothing.ts';
import { type NumberMarks, parseNumber, splitNumbers } from '../cells/numbers.ts';
import { readSignalFile, signalEnding } from '../cells/signal-file.ts';
import { broughtToLength, type MeasuredSignal, valueBehind } from '../cells/signal-length.ts';
import { isSameUnit } from '../cells/written-units.ts';
import { commonest } from '../measures/commonest.ts';
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
import { type EncodedValue, MisreadCells, type Reading } from './reading.ts';
import { lengthInFiles, standardSignal, usualLength } from './signal-columns.ts';

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
/** Values that are not there of which each is named. */
const gapsNamed = 6;
/** Number of parts from which a profile is drawn, which is a few hundred pixels wide. */
const profileParts = 400;

/**
 * Training of signals: values scaled by the plan's ranges, which noise may leave; Gaussian around a linear output with a
 * learned variance for every value.
 */
export const signalTraining: TrainingKind<SignalModality> = {
  columns: (modality) => (isReduced(modality) ? longestMeasured : modality.length),
  columnsMayBeFewer: isReduced,
  isReading: true,
  headers: [],
  resembles(modality, cell) {
    const { length } = modality;
    if (length === 1) return false;
    if (signalEnding.test(cell)) return true;
    if (!/^[-+\d\s.,;|[\]e]+$/i.test(cell)) return false;
    const count = splitNumbers(cell, true).length;
    return isReduced(modality) ? count > 1 : count === length;
  },

  async read(modality, cells, { marks, nothing, folder, column, recordings, isSeries: isLong = false }) {
    if (cells.every(nothing.inReading)) return undefined;
    if (cells.length === 1 && modality.length > 1 && signalEnding.test(cells[0]!)) {
      const signal = inPlannedUnit(modality, cells[0]!, await readSignalFile(folder, cells[0]!, marks));
      const { timing, values } = signal;
      if (timing)
        recordings?.add(
          column,
          { name: cells[0]!, count: values.length, timing },
          modality.reduction?.by === 'spectrum' ? 'rate' : 'span',
        );
      return brought(modality, signal);
    }
    const isOneCell = cells.length === 1;
    const tokens = isOneCell ? splitNumbers(cells[0]!, isSeveral(modality.length, marks)) : cells;
    const isSeries = isReduced(modality) || (isLong && tokens.length !== modality.length);
    const { values, misread } = numbersIn(modality, tokens, marks, nothing, isSeries);
    if (misread.length > 0)
      throw new MisreadCells(
        isOneCell ? [{ cell: 0, place: misread[0]!.cell, error: misread[0]!.error }] : misread,
      );
    const cellOf = (at: number) => (isOneCell ? { cell: 0, place: at } : { cell: at });
    return isSeries
      ? brought(modality, { values: Float64Array.from(values) }, cellOf)
      : readingOf(modality, values);
  },
  readNumbers(modality, numbers) {
    if (isReduced(modality))
      return numbers.some(Number.isNaN)
        ? undefined
        : brought(modality, { values: numbers }, (cell) => ({ cell }));
    return isWithinRanges(modality, numbers) ? readingOf(modality, numbers) : undefined;
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

  understand(
    cells,
    marks,
    { isOneOfSeveral = false, isSeries = false, isSaid = false, hasUnit = false } = {},
  ) {
    if (isSeries) return { length: usualLength(cells.map((cell) => splitNumbers(cell, false).length)) };
    if (mostCells(cells, (cell) => signalEnding.test(cell))) return { length: 0 };
    if (mostCells(cells, (cell) => isNumber(cell, marks))) {
      const isCount =
        !isOneOfSeveral && !isSaid && !hasUnit && isCounter(cells.map((cell) => numberIn(cell, marks)));
      return isCount ? undefined : { length: 1 };
    }
    if (mostCells(cells, isGroupedInTwos)) return undefined;
    const several = isSeveral(2, marks);
    const length = commonest(cells.map((cell) => splitNumbers(cell, several).length)) ?? 0;
    const fits = (cell: string) => {
      const tokens = splitNumbers(cell, several);
      return tokens.length === length && tokens.every((token) => isNumber(token, marks));
    };
    return length > 1 && mostCells(cells, fits) ? { length } : undefined;
  },
  joinsColumns: true,
  standardFields: standardSignal,
  lengthInFiles,
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

/** True if a part may have more values, from which those of the plan are worked out. */
function isReduced({ reduction }: SignalModality): boolean {
  return reduction !== undefined && reduction.by !== 'resample';
}

/** The signal of a file, whose heading may say its unit. @throws FedReconError `signal-file-unit` */
function inPlannedUnit(modality: SignalModality, file: string, read: MeasuredSignal): MeasuredSignal {
  const { unit } = read;
  const planned = modality.channels ? '' : measuredUnit(modality, 0);
  if (unit !== undefined && planned !== '' && !isSameUnit(unit, planned))
    throw new FedReconError('signal-file-unit', { file, unit, planned });
  return read;
}

/**
 * A signal brought to the plan's length; values of unlike channels stand for themselves, so they must be as many.
 * @param cellOf where a value of the measured signal stands, if it stands in a cell
 * @throws FedReconError `signal-length`, `signal-short`, `signal-rate`, `channel-range`, `signal-range`; the latter two as MisreadCells
 *   where the cell is known that they come from
 */
function brought(
  modality: SignalModality,
  read: MeasuredSignal,
  cellOf?: (at: number) => { readonly cell: number; readonly place?: number },
): Reading {
  const { length: expected, channels } = modality;
  const actual = read.values.length;
  if (channels && actual !== expected) throw new FedReconError('signal-length', { actual, expected });
  const values = broughtToLength(modality, read);
  for (const [place, value] of values.entries()) {
    if (isInRange(modality, place, value)) continue;
    const error = outOfRange(modality, place, value);
    const isHigh = value > rangeAt(modality, place)[1];
    const at = cellOf && valueBehind(modality, read.values, place, isHigh);
    throw at === undefined ? error : new MisreadCells([{ ...cellOf!(at), error }]);
  }
  return readingOf(modality, values);
}

function readingOf(modality: SignalModality, values: readonly number[] | Float64Array): Reading {
  return new SignalReading(modality, values instanceof Float64Array ? values : Float64Array.from(values));
}

/** Reading and its own encoding: of a large table one is made for each row. */
class SignalReading implements Reading, EncodedValue {
  readonly numbers: Float64Array;
  readonly #modality: SignalModality;

  constructor(modality: SignalModality, numbers: Float64Array) {
    this.#modality = modality;
    this.numbers = numbers;
  }

  get shown(): string {
    return this.numbers.join(' ');
  }

  get values(): Float32Array {
    return scaleSignal(this.#modality, this.numbers);
  }

  get record(): readonly number[] {
    return Array.from(this.numbers);
  }

  encode(): EncodedValue {
    return this;
  }

  copyValues(target: Float32Array, at: number): void {
    scaleSignal(this.#modality, this.numbers, target, at);
  }
}

/** True if a comma in a cell separates numbers. */
function isSeveral(length: number, { decimal }: NumberMarks): boolean {
  return length > 1 && decimal !== ',';
}

/**
 * Numbers of one measurement, and every token that is none, lies outside the plan's range, or is not there.
 * @param isSeries true if the plan's values are worked out from them: then any number of them may come, and the ranges are not theirs
 */
function numbersIn(
  modality: SignalModality,
  tokens: readonly string[],
  { decimal, thousands }: NumberMarks,
  nothing: Nothing,
  isSeries: boolean,
): { values: number[]; misread: { cell: number; error: FedReconError }[] } {
  const values = new Array<number>(tokens.length).fill(0);
  const misread: { cell: number; error: FedReconError }[] = [];
  const absent: number[] = [];
  for (const [cell, token] of tokens.entries()) {
    if (nothing.inReading(token)) {
      absent.push(cell);
      continue;
    }
    try {
      values[cell] = parseNumber(token, decimal, thousands);
      if (!isSeries) checkRange(modality, cell, values[cell]);
    } catch (error) {
      if (!(error instanceof FedReconError)) throw error;
      misread.push({ cell, error });
    }
  }
  const [actual, expected] = [tokens.length - absent.length, isSeries ? tokens.length : modality.length];
  if (actual !== expected) {
    const error =
      tokens.length === expected
        ? new FedReconError('signal-gap', gapIn(modality, absent))
        : new FedReconError('signal-length', { actual, expected });
    misread.unshift({ cell: absent[0] ?? 0, error });
  }
  return { values, misread };
}

/** Detail of values that are not there: how many, and which, by the names of their channels or by number. */
function gapIn({ length, channels }: SignalModality, absent: readonly number[]) {
  const names = absent.slice(0, gapsNamed).map((place) => channels?.[place]?.name ?? `${place + 1}`);
  return {
    ...{ gaps: absent.length, expected: length },
    channels: [...names, ...(absent.length > gapsNamed ? ['…'] : [])].join(', '),
  };
}

/** True if there are as many values as the plan has, each within its range; loops, for they see every cell. */
function isWithinRanges(modality: SignalModality, values: Float64Array): boolean {
  if (values.length !== modality.length) return false;
  if (!modality.channels) {
    const [least, most] = leeway(rangeAt(modality, 0));
    for (let place = 0; place < values.length; place++)
      if (!(values[place]! >= least && values[place]! <= most)) return false;
    return true;
  }
  for (let place = 0; place < values.length; place++)
    if (!isInRange(modality, place, values[place]!)) return false;
  return true;
}

/** True if a value is within its range, or leaves it no further than noise may; false for NaN. */
function isInRange(modality: SignalModality, place: number, value: number): boolean {
  const [least, most] = leeway(rangeAt(modality, place));
  return value >= least && value <= most;
}

/** Bounds that noise may reach. */
function leeway([low, high]: readonly [number, number]): readonly [number, number] {
  const margin = tolerance * (high - low);
  return [low - margin, high + margin];
}

/** @throws FedReconError `channel-range`, `signal-range` */
function checkRange(modality: SignalModality, place: number, value: number): void {
  // Surplus values are refused for their number.
  if (place >= modality.length) return;
  if (!isInRange(modality, place, value)) throw outOfRange(modality, place, value);
}

/** What a value outside its range is refused with: `channel-range`, `signal-range`. */
function outOfRange(modality: SignalModality, place: number, value: number): FedReconError {
  const { unit, range } = scaleAt(modality, place);
  const [low, high] = range;
  const channel = modality.channels?.[place]?.name;
  if (channel !== undefined) return new FedReconError('channel-range', { channel, value, low, high, unit });
  return new FedReconError('signal-range', { value, low, high, unit });
}

/** `1,23,456.5`, one number as India writes it, or three: nobody knows which. */
function isGroupedInTwos(cell: string): boolean {
  return /^[-+]?\d{1,2}(,\d\d)+,\d{3}(\.\d*)?$/.test(cell);
}

function isNumber(cell: string, marks: NumberMarks): boolean {
  return !Number.isNaN(numberIn(cell, marks));
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
