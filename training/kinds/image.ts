import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import type { ImageModality } from '../../protocol/kinds/index.ts';
import type { ManifestFolder } from '../cells/folder.ts';
import { decodeImage } from '../cells/images/decode.ts';
import { fitImage } from '../cells/images/fit.ts';
import type { Raster } from '../cells/images/raster.ts';
import { quantile } from '../measures/statistics.ts';
import { mostCells } from './columns.ts';
import { moved } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import { continuousMisfit } from './misfit.ts';
import { repeatedParts } from './oddities/duplicates.ts';
import { exposureAndFocus } from './oddities/pictures.ts';
import { placesIn, startsIn } from './places.ts';
import type { EncodedValue } from './reading.ts';

const largestFile = 512 << 20;
/** Approximate number of patches on each side of an image that is taken apart. */
const patchesPerSide = 7;
const imagesLooked = 12;
/** Longer side of an image in a standard plan, in pixels; smaller images keep their size. */
const largestSide = 64;
const smallestSide = 8;

/** Training of images: pixels in 0…1, Gaussian around a sigmoid, with a learned variance for every pixel. */
export const imageTraining: TrainingKind<ImageModality> = {
  columns: () => 0,
  headers: ['image', 'photo', 'picture', 'file', 'filename', '画像', '写真', '画像ファイル'],
  resembles: (_modality, cell) => isImageName(cell),

  async read(modality, cells, { folder }) {
    const name = cells[0]!;
    if (name === '') return undefined;
    const { path, bytes } = await folder.find(name);
    if (bytes > largestFile) {
      const [size, limit] = [bytes, largestFile].map((value) => `${value >> 20} MiB`) as [string, string];
      throw new FedReconError('image-large', { file: name, size, limit });
    }
    return { shown: name, encode: () => load(modality, name, path) };
  },

  mean: (raw, { sigmoid }) => sigmoid(raw),
  negativeLogLikelihood: (x, raw, { gaussianNll, sigmoid }) => gaussianNll(x, sigmoid(raw)),
  variance: (_mean, { learnedVariance }) => learnedVariance(),
  ...continuousMisfit,
  measures: ['psnr', 'ssim'],

  baseline: 'mean',
  hasExtremes: true,
  pieces({ width, height, channels }) {
    const [wide, tall] = [Math.ceil(width / patchesPerSide), Math.ceil(height / patchesPerSide)];
    return startsIn(height, tall).flatMap((top) =>
      startsIn(width, wide).map((left) => {
        const patch = {
          left,
          top,
          width: Math.min(wide, width - left),
          height: Math.min(tall, height - top),
        };
        return { places: placesIn({ width, channels }, patch), label: { kind: 'patch', ...patch } };
      }),
    );
  },
  changed: moved,

  understand: (cells) => (mostCells(cells, isImageName) ? { length: 1 } : undefined),
  joinsColumns: false,
  async standardFields({ rows, folder }) {
    const images: Raster[] = [];
    for (const [name = ''] of rows) {
      if (images.length === imagesLooked) break;
      const image = name === '' ? undefined : await readImage(folder, name);
      if (image) images.push(image);
    }
    const usual = (of: (image: Raster) => number) => quantile(images.map(of), 0.5) || largestSide;
    const [width, height] = [usual((image) => image.width), usual((image) => image.height)];
    const scale = Math.min(1, largestSide / Math.max(width, height));
    const side = (value: number) => Math.max(smallestSide, Math.round(value * scale));
    return {
      kind: 'image',
      width: side(width),
      height: side(height),
      channels: images.some(isColoured) ? 3 : 1,
    };
  },
  shown({ width, height, channels }, values) {
    const bytes = Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
    return { kind: 'image', picture: { width, height, channels, values: bytes } };
  },
  summary: () => ({}),
  oddities: [exposureAndFocus, repeatedParts],
};

function isImageName(cell: string): boolean {
  return /\.(png|jpe?g|bmp|tiff?)$/i.test(cell);
}

/**
 * Loads an image file. Reading and decoding fail in many ways at a damaged one; all become one problem that names the
 * file.
 */
async function load(modality: ImageModality, file: string, path: string): Promise<EncodedValue> {
  try {
    const content = await readFile(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { values: fitImage(decodeImage(content), modality), record: { file: path, sha256 } };
  } catch (cause) {
    if (cause instanceof FedReconError) throw new FedReconError(cause.code, { ...cause.detail, file });
    const problem = cause instanceof Error ? cause.message.slice(0, 120) : 'damaged';
    throw new FedReconError('image-unreadable', { file, problem }, { cause });
  }
}

async function readImage(folder: ManifestFolder, name: string): Promise<Raster | undefined> {
  try {
    return decodeImage(await readFile((await folder.find(name)).path));
  } catch {
    // The import lists it with its reason.
    return undefined;
  }
}

/** True if any pixel of a sample of some hundred differs between its colours. */
function isColoured({ channels, data, max }: Raster): boolean {
  if (channels < 3) return false;
  const step = channels * Math.max(1, Math.floor(data.length / channels / 500));
  for (let at = 0; at + 2 < data.length; at += step)
    if (
      Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) >
      max / 50
    )
      return true;
  return false;
}
