import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { type PictureSettings, pictureBits } from '../cells/images/picture-settings.ts';
import type { LookedPicture, PictureSurvey } from '../cells/images/picture-survey.ts';
import { type PictureScale, storageName } from '../cells/images/scale.ts';
import { asProblem, type ImportProblem } from './problems.ts';

/** Bits by which a picture has to lie below the scale of all, so that it is a sixteenth as bright at most. */
const farBelow = 4;
/** Share of the pictures that have to lie so. */
const manyBelow = 0.25;

/**
 * What a person should know of a modality's pictures before they are taken as they were understood: values of which most are far below
 * the scale that a few set, files of several pages, grey among colours.
 * @param row and column that are told as the place of all of them
 */
export function pictureNotices(
  { look: { settings, scales }, looked }: PictureSurvey,
  row: number,
  column: string,
): ImportProblem[] {
  const notices = [
    ...Object.entries(scales).map(([name, scale]) => scaleNotice(scale, looked.filter(isStored(name)))),
    pagesNotice(settings, looked),
    coloursNotice(looked),
  ];
  return notices.flatMap((notice) => (notice ? [asProblem(row, column, notice)] : []));
}

const isStored =
  (name: string) =>
  ({ values }: LookedPicture): boolean =>
    values !== undefined && storageName(values.storage) === name;

/** Bits that cameras measure in, whose largest value is hardly met by chance. */
const mostBits = pictureBits.filter((bits) => bits > 8);

/** Fewest bits that hold a value. */
function bitsOf(value: number): number {
  return pictureBits.find((bits) => value < 2 ** bits) ?? Number.POSITIVE_INFINITY;
}

/** A scale that few values set, or an earlier import, or that is not the one of every picture: some end exactly where fewer bits do. */
function scaleNotice(
  { bits, from, stored }: PictureScale,
  looked: readonly LookedPicture[],
): FedReconError | undefined {
  if (bits === null || stored.format !== 'unsigned') return undefined;
  const seen = looked.flatMap(({ path, values }) => (values ? [{ path, ...values.seen }] : []));
  const needed = seen.map(({ highest, most = highest }) => bitsOf(most));
  const below = needed.filter((own) => own <= bits - farBelow);
  const isMany = below.length >= manyBelow * seen.length;
  if (from === 'earlier') {
    const usual = Math.max(...needed);
    return isMany && below.length === seen.length
      ? new FedReconError('image-bits-earlier', { bits, usual })
      : undefined;
  }
  if (from !== 'sample') return undefined;
  const ends = mostBits.find((own) => own < bits && seen.some(({ highest }) => highest === 2 ** own - 1));
  if (!isMany && ends === undefined) return undefined;
  const brightest = seen.reduce((one, other) => (other.highest > one.highest ? other : one));
  const detail = { bits, usual: ends ?? Math.max(...below) };
  return new FedReconError('image-bits-mixed', {
    ...detail,
    ...{ file: basename(brightest.path), value: brightest.highest },
  });
}

function pagesNotice({ page }: PictureSettings, looked: readonly LookedPicture[]): FedReconError | undefined {
  const several = looked.filter(({ pages }) => pages > 1);
  const [first] = several;
  if (!first || page !== undefined) return undefined;
  const detail = { count: several.length, of: looked.length, file: basename(first.path), pages: first.pages };
  return new FedReconError('image-pages', detail);
}

function coloursNotice(looked: readonly LookedPicture[]): FedReconError | undefined {
  const grey = looked.filter(({ isGrey }) => isGrey);
  const coloured = looked.filter(({ isGrey }) => !isGrey);
  if (grey.length === 0 || coloured.length === 0) return undefined;
  const [fewer] = grey.length < coloured.length ? grey : coloured;
  return new FedReconError('image-colours', {
    ...{ grey: grey.length, of: looked.length, file: basename(fewer!.path) },
  });
}
