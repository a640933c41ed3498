import { FedReconError } from '../../protocol/errors.ts';
import type { SignalReduction, WindowFigure } from '../../protocol/kinds/reduction.ts';
import type { SeriesTiming } from './even-series.ts';

/** Values of a part's signal, and the samples a second, the unit and the length of time where its file says them. */
export interface MeasuredSignal {
  readonly values: Float64Array;
  readonly rate?: number;
  readonly timing?: SeriesTiming;
  readonly unit?: string;
}

/** The plan's length of a signal, and how longer ones come to it. */
interface PlannedLength {
  readonly length: number;
  readonly reduction?: SignalReduction | undefined;
}

/** Rates that differ by no more than the error of writing them. */
const sameRate = 1e-3;

/**
 * Brings a signal to the plan's length, as the plan says.
 * @throws FedReconError `signal-length`, `signal-short`, `signal-rate`
 */
export function broughtToLength(
  { length, reduction = { by: 'resample' } }: PlannedLength,
  { values, rate }: MeasuredSignal,
): Float64Array {
  const actual = values.length;
  if (reduction.by === 'resample') {
    if (actual < length) throw new FedReconError('signal-length', { actual, expected: length });
    return resampled(values, length);
  }
  const expected = reduction.by === 'windows' ? length / reduction.figures.length : 2 * length;
  if (actual < expected) throw new FedReconError('signal-short', { actual, expected, by: reduction.by });
  if (reduction.by === 'windows') return windowed(values, expected, reduction.figures);
  const planned = reduction.rate;
  if (rate !== undefined && planned !== undefined && Math.abs(rate - planned) > sameRate * planned)
    throw new FedReconError('signal-rate', { rate, planned });
  return spectrum(values, length);
}

/**
 * Brings a signal to fewer values: each is the mean of its equal share of the signal, of which a value at the border counts in part.
 * So many values or fewer stay as they are.
 */
export function resampled(values: Float64Array, length: number): Float64Array {
  if (values.length <= length) return values;
  const share = values.length / length;
  return Float64Array.from({ length }, (_, place) => {
    const [start, end] = [place * share, (place + 1) * share];
    let sum = 0;
    for (let at = Math.floor(start); at < Math.min(values.length, Math.ceil(end)); at++)
      sum += values[at]! * (Math.min(end, at + 1) - Math.max(start, at));
    return sum / share;
  });
}

const figureOf: Readonly<Record<WindowFigure, (values: Float64Array) => number>> = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  rms: (values) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length),
  peak: (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
};

/** Figures of windows that follow one another without a gap, as equal as whole values let them be: [figure, window]. */
export function windowed(
  values: Float64Array,
  windows: number,
  figures: readonly WindowFigure[],
): Float64Array {
  const start = (window: number) => Math.floor((window * values.length) / windows);
  return Float64Array.from({ length: windows * figures.length }, (_, place) => {
    const window = place % windows;
    return figureOf[figures[Math.floor(place / windows)]!](values.subarray(start(window), start(window + 1)));
  });
}

/**
 * Place of the value of a signal that one of the plan's owes its size to most: the largest of those that it comes from, or the smallest.
 * @param place of the plan's value
 * @returns undefined where it comes from all of them, as in a spectrum
 */
export function valueBehind(
  { length, reduction = { by: 'resample' } }: PlannedLength,
  values: Float64Array,
  place: number,
  isHigh: boolean,
): number | undefined {
  if (reduction.by === 'spectrum') return undefined;
  const isWindow = reduction.by === 'windows';
  const shares = isWindow ? length / reduction.figures.length : length;
  const share = place % shares;
  const first = Math.floor((share * values.length) / shares);
  const end = ((share + 1) * values.length) / shares;
  const size = isWindow && reduction.figures[Math.floor(place / shares)] !== 'mean' ? Math.abs : Number;
  let found = first;
  for (let at = first; at < (isWindow ? Math.floor(end) : Math.min(values.length, Math.ceil(end))); at++)
    if (isHigh ? size(values[at]!) > size(values[found]!) : size(values[at]!) < size(values[found]!))
      found = at;
  return found;
}

/** Amplitude that counts as none: −120 dB. */
const leastAmplitude = 1e-6;

/**
 * Spectrum of a signal in decibels (20 log₁₀ of the amplitude, re 1 unit of the signal; −120 dB at least): `length` frequencies from one step
 * above zero to half the sampling rate. By Welch's method (https://doi.org/10.1109/TAU.1967.1161901): the mean is taken off, segments of
 * 2 × `length` values that overlap by half are weighted by a Hann window, and their powers are averaged. A sine of amplitude A that
 * lies on a frequency gives 20 log₁₀ A. Values behind the last whole segment are not used.
 * @param values at least 2 × `length`
 * @param length a power of two
 */
export function spectrum(values: Float64Array, length: number): Float64Array {
  const size = 2 * length;
  const hann = Float64Array.from(
    { length: size },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size),
  );
  const gain = size / 2;
  const offset = figureOf.mean(values);
  const power = new Float64Array(length);
  let segments = 0;
  for (let start = 0; start + size <= values.length; start += length, segments++) {
    const real = Float64Array.from({ length: size }, (_, at) => (values[start + at]! - offset) * hann[at]!);
    const imaginary = new Float64Array(size);
    fourier(real, imaginary);
    for (let place = 0; place < length; place++) {
      const [a, b] = [real[place + 1]!, imaginary[place + 1]!];
      // Half of an amplitude lies at the negative frequency, but for that at half the sampling rate.
      const scale = (place + 1 === length ? 1 : 2) / gain;
      power[place] = power[place]! + scale * scale * (a * a + b * b);
    }
  }
  return power.map((sum) => 20 * Math.log10(Math.max(leastAmplitude, Math.sqrt(sum / segments))));
}

/** Discrete Fourier transform in place (Cooley and Tukey, radix 2). @param real of a length that is a power of two */
function fourier(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let at = 1, other = 0; at < size; at++) {
    let bit = size >> 1;
    for (; (other & bit) !== 0; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at < other) {
      [real[at], real[other]] = [real[other]!, real[at]!];
      [imaginary[at], imaginary[other]] = [imaginary[other]!, imaginary[at]!];
    }
  }
  for (let half = 1; half < size; half *= 2)
    for (let place = 0; place < half; place++) {
      const angle = (-Math.PI * place) / half;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let at = place; at < size; at += 2 * half) {
        const [a, b] = [real[at + half]!, imaginary[at + half]!];
        const [x, y] = [a * cos - b * sin, a * sin + b * cos];
        real[at + half] = real[at]! - x;
        imaginary[at + half] = imaginary[at]! - y;
        real[at] = real[at]! + x;
        imaginary[at] = imaginary[at]! + y;
      }
    }
}
