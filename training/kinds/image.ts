import { FedReconError } from '../../protocol/errors.ts';
import type { ImageModality } from '../../protocol/kinds/index.ts';
import type { ManifestFolder } from '../cells/folder.ts';
import { pictureEnding } from '../cells/images/picture-ending.ts';
import { usualLook } from '../cells/images/picture-look.ts';
import type { PictureAnswer } from '../cells/images/reader/picture-questions.ts';
import { pictureReader } from '../cells/images/reader/picture-reader.ts';
import { quantile } from '../measures/statistics.ts';
import { mostCells } from './columns.ts';
import { moved } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import { continuousMisfit } from './misfit.ts';
import { repeatedParts } from './oddities/duplicates.ts';
import { exposureAndFocus } from './oddities/pictures.ts';
import { pictureProblemJa } from './picture-problems.ts';
import { placesIn, startsIn } from './places.ts';
import type { EncodedValue, PictureReading } from './reading.ts';

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
  isReading: true,
  headers: ['image', 'photo', 'picture', 'file', 'filename', '画像', '写真', '画像ファイル'],
  resembles: (_modality, cell) => isImageName(cell),

  async read(modality, cells, { folder, nothing, pictures }) {
    const name = cells[0]!;
    if (nothing.inReading(name)) return undefined;
    const { path, bytes } = await folder.find(name);
    if (bytes > largestFile) {
      const [size, limit] = [bytes, largestFile].map((value) => `${value >> 20} MiB`) as [string, string];
      throw new FedReconError('image-large', { file: name, size, limit });
    }
    return { shown: name, encode: () => load(modality, name, path, pictures) };
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
  async standardFields({ rows, tables, folder, nothing }) {
    const images: Glance[] = [];
    for (const [index, [name = '']] of rows.entries()) {
      if (images.length === imagesLooked) break;
      const image = nothing.inReading(name) ? undefined : await glance(folder.beside(tables[index]), name);
      if (image) images.push(image);
    }
    const usual = (of: (image: Glance) => number) => quantile(images.map(of), 0.5) || largestSide;
    const [width, height] = [usual((image) => image.width), usual((image) => image.height)];
    const scale = Math.min(1, largestSide / Math.max(width, height));
    const side = (value: number) => Math.max(smallestSide, Math.round(value * scale));
    return {
      kind: 'image',
      width: side(width),
      height: side(height),
      channels: images.some(({ isColoured }) => isColoured) ? 3 : 1,
    };
  },
  shown({ width, height, channels }, values) {
    const bytes = Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
    return { kind: 'image', picture: { width, height, channels, values: bytes } };
  },
  summary: () => ({}),
  oddities: [exposureAndFocus, repeatedParts],
};

type Glance = PictureAnswer<'glance'>;

function isImageName(cell: string): boolean {
  return pictureEnding.test(cell);
}

/**
 * Loads an image file. Reading and decoding fail in many ways at a damaged one; all become one problem that names the
 * file.
 */
async function load(
  modality: ImageModality,
  name: string,
  path: string,
  { looks, cache }: PictureReading = {},
): Promise<EncodedValue> {
  const look = looks?.get(modality.name) ?? usualLook;
  try {
    const { width, height, channels } = modality;
    const fields = { width, height, channels };
    const { values, view, sha256 } = await pictureReader().ask('values', { path, look, fields, cache });
    if (values.length !== width * height * channels) throw new Error('its reading makes no sense');
    const isUsual = Object.keys(view).length === 0;
    return { values, record: { file: path, sha256, ...(!isUsual && { view }) } };
  } catch (cause) {
    if (cause instanceof FedReconError) throw new FedReconError(cause.code, { ...cause.detail, file: name });
    const problem = cause instanceof Error ? firstLine(cause.message) : 'damaged';
    const problemJa = pictureProblemJa(problem);
    throw new FedReconError('image-unreadable', { file: name, problem, problemJa }, { cause });
  }
}

/** What libraries say in many lines, in words. */
const sayings: readonly (readonly [RegExp, string])[] = [
  [
    /ExtraSamples doesn't match|Sum of Photometric type-related/,
    'it has more channels than its colours, and does not say what they are; save it in grey or as RGB',
  ],
  [/IFD looping/, 'its pages lead in a circle'],
  [/StripByteCounts|TileByteCounts|Read error|bad seek|premature end|Premature end/, 'it is cut short'],
  [/Bad value (\S+) for "(\w+)" tag/, 'its tag $2 holds $1, which means nothing'],
  [/(\w+) compression support is not configured/, 'its compression ($1) is not supported'],
];
/** What libvips says that says nothing, in words. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^Warning treated as error.*/, 'it is damaged'],
  [/^Input \w+ (has corrupt header:? *|contains unsupported image format)$/, 'its header is damaged'],
  [/^libpng read error$/, 'its pixel data is damaged'],
  [/^Input \w+ has corrupt header: */, ''],
  [/^(\w+2vips|Vips\w+|\w+load\w*|webp|source): */i, ''],
];

/** What a library says is said again and again, behind the names of its own functions. */
function firstLine(message: string): string {
  const said = sayings.find(([pattern]) => pattern.test(message));
  if (said) return said[0].exec(message)![0].replace(...said);
  return wordings
    .reduce((said, [pattern, words]) => said.replace(pattern, words), message.split('\n')[0]!.trim())
    .slice(0, 120);
}

async function glance(folder: ManifestFolder, name: string): Promise<Glance | undefined> {
  try {
    return await pictureReader().ask('glance', { path: (await folder.find(name)).path });
  } catch {
    // The import lists it with its reason.
    return undefined;
  }
}
