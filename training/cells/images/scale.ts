import { z } from 'zod';
import { type PictureSettings, pictureBits } from './picture-settings.ts';

/** A storage as messages carry it. */
export const storage = z.strictObject({
  format: z.enum(['unsigned', 'signed', 'float']),
  bits: z.int().positive(),
});

/** How a file stores a value. */
export type Storage = Readonly<z.infer<typeof storage>>;

/** What one picture says of the scale that its plant writes in. */
export interface SeenValues {
  /** The smallest and the largest value of its pixels. */
  readonly lowest: number;
  readonly highest: number;
  /** What all but a thousandth of the values do not exceed, of unsigned ones of 16 bits. */
  readonly most?: number | undefined;
  /** Bits of a measured value by the file's own account (PNG's sBIT, TIFF's MaxSampleValue). */
  readonly bits?: number | undefined;
  /** Black and full brightness by the file's own account (TIFF's SMinSampleValue and SMaxSampleValue). */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/** Who says what the scale is: a person, an earlier import, the files themselves, or the largest value of a sample. */
const scaleSource = z.enum(['given', 'earlier', 'file', 'sample']);

export const pictureScale = z.strictObject({
  low: z.number(),
  high: z.number(),
  /** Bits of a measured value; null where the scale is a range of its own. */
  bits: z.int().nullable(),
  stored: storage,
  from: scaleSource,
});
/** The one scale of all pictures of a modality that are stored alike: which values are black and full brightness. */
export type PictureScale = Readonly<z.infer<typeof pictureScale>>;

/** Scales of a modality's pictures, by `storageName`. */
export const pictureScales = z.record(z.string(), pictureScale);
export type PictureScales = Readonly<z.infer<typeof pictureScales>>;

/** Eight bits a value are full brightness at 255, whatever they show: nothing to find. */
export function isPlain({ format, bits }: Storage): boolean {
  return format === 'unsigned' && bits <= 8;
}

/** `unsigned 16`: pictures of one name share a scale. */
export function storageName({ format, bits }: Storage): string {
  return `${format} ${bits}`;
}

/** `12 bits in 16`, `-1…1 in 32-bit float`, as people say it. */
export function scaleWords({ low, high, bits, stored }: PictureScale): string {
  if (bits !== null && stored.format === 'unsigned') return `${bits} bits in ${stored.bits}`;
  const kind = stored.format === 'unsigned' ? `${stored.bits} bits` : `${stored.bits}-bit ${stored.format}`;
  return bits !== null && low < 0 ? `${bits} bits in ${kind}` : `${low}…${high} in ${kind}`;
}

/**
 * The scale of pictures that are stored alike; undefined where nothing says what full brightness is.
 * One for all of them: a picture that is dark because its part is dark stays so.
 * @param seen what a sample of them holds, at least one
 * @param earlier scale of the plant's pictures so far: it stays until a person says otherwise
 */
export function findScale(
  stored: Storage,
  seen: readonly SeenValues[],
  { bits, range }: PictureSettings,
  earlier?: PictureScale,
): PictureScale | undefined {
  if (range) return { low: range[0], high: range[1], bits: null, stored, from: 'given' };
  const lowest = Math.min(...seen.map((one) => one.lowest));
  const highest = Math.max(...seen.map((one) => one.highest));
  // One bit of a signed value is its sign, whether or not it is ever set.
  const most = stored.format === 'signed' && lowest >= 0 ? stored.bits - 1 : stored.bits;
  const whole = (wanted: number, from: PictureScale['from']): PictureScale => {
    const own = Math.min(wanted, most);
    return { ...limits(own, lowest < 0), bits: own, stored, from };
  };
  if (bits && stored.format !== 'float') return whole(bits, 'given');
  if (earlier) return { ...earlier, from: 'earlier' };
  const stated = seen.flatMap((one) => one.range ?? []);
  if (stated.length > 0)
    return { low: Math.min(...stated), high: Math.max(...stated), bits: null, stored, from: 'file' };
  if (stored.format === 'float')
    return lowest >= 0 && highest <= 1 && highest > 0
      ? { low: 0, high: 1, bits: null, stored, from: 'sample' }
      : undefined;
  const holds = (candidate: number) => {
    const { low, high } = limits(candidate, lowest < 0);
    return lowest >= low && highest <= high;
  };
  // A file's bits are a hint: some writers shift the values up to the full range, and then larger ones occur.
  const hint = Math.max(...seen.map((one) => one.bits ?? 0));
  if (hint > 0 && hint <= 16 && holds(hint)) return whole(hint, 'file');
  const found = pictureBits.find((candidate) => candidate >= hint && holds(candidate));
  return found && whole(found, 'sample');
}

function limits(bits: number, isSigned: boolean): { low: number; high: number } {
  return isSigned ? { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 } : { low: 0, high: 2 ** bits - 1 };
}
