import type { SignalChannel } from './channels.ts';
import type { RangeFields } from './kind.ts';

/** Unit and range of one value. */
export type Scale = Pick<SignalChannel, 'unit' | 'range'>;
type Scales = Pick<RangeFields, 'unit' | 'range' | 'channels'>;

/** Scale of the value in a place: its channel's, or that of all values. */
export function scaleAt({ unit = '', range, channels }: Scales, place: number): Scale {
  const own = channels?.[place];
  if (own) return own;
  // The schema lets no plan pass that has neither (`checkScales`).
  return { unit, range: range as [number, number] };
}

/** Unit in which the value in a place is measured: of a spectrum that of its signal, else the plan's. */
export function measuredUnit(modality: Scales & Pick<RangeFields, 'reduction'>, place: number): string {
  const { reduction } = modality;
  return reduction?.by === 'spectrum' ? reduction.measured : scaleAt(modality, place).unit;
}

/** Range of the value in a place. */
export function rangeAt({ range, channels }: Scales, place: number): readonly [number, number] {
  return channels?.[place]?.range ?? (range as [number, number]);
}

/** Full scale of the value in a place, in its unit. */
export function spanAt(modality: Scales, place: number): number {
  const [low, high] = scaleAt(modality, place).range;
  return high - low;
}

/**
 * Scales physical values to the model's 0…1 by the plan's ranges: (x − low) / (high − low), not clipped. Differences are
 * taken in double precision: of 100,000.25 a float32 would keep the hundreds of thousands and lose the quarter.
 * @param scaled where they are written, from the place `at` on
 */
export function scaleSignal(
  modality: Scales,
  values: ArrayLike<number>,
  scaled: Float32Array = new Float32Array(values.length),
  at = 0,
): Float32Array {
  // A loop takes a tenth of the time of `from`, and of large tables this is done for every cell.
  let [low, high] = rangeAt(modality, 0);
  for (let place = 0; place < values.length; place++) {
    if (modality.channels) [low, high] = rangeAt(modality, place);
    scaled[at + place] = (values[place]! - low) / (high - low);
  }
  return scaled;
}

/** Scales values of the model's 0…1 back to the plan's units, in double precision. */
export function unscaleSignal(modality: Scales, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, place) => {
    const [low, high] = scaleAt(modality, place).range;
    return low + value * (high - low);
  });
}

/**
 * Rounds physical values, each to a step of its range, which has 10^`digits` of them at least. So many digits of the value
 * itself would make 100,000.25 of a range of 1 into 100,000.
 */
export function roundedSignal(modality: Scales, values: ArrayLike<number>, digits: number): number[] {
  return Array.from(values, (value, place) => roundedTo(spanAt(modality, place), value, digits));
}

/** Rounds a value to a step of a span, which has 10^`digits` of them at least. */
export function roundedTo(span: number, value: number, digits: number): number {
  const decimals = digits - Math.floor(Math.log10(span));
  // Adding 0 leaves no negative zero, which a person would read as a sign.
  return decimals < 0 ? Math.round(value) + 0 : Number(value.toFixed(Math.min(100, decimals))) + 0;
}
