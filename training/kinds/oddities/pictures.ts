import type { ImageModality } from '../../../protocol/kinds/index.ts';
import { quantile, robust, variance } from '../../measures/statistics.ts';
import type { MeasuredParts, Oddity, OddityCode } from '../looking.ts';
import { aboutParts } from './oddity.ts';

/** Statistics of one picture by itself, at the size that the model sees; grey levels in 0…1. */
interface PictureStatistics {
  /** Standard deviation of the grey levels. */
  readonly contrast: number;
  /** Level that all but 1 % of the pixels stay below. */
  readonly brightest: number;
  /** Share of pixels at full brightness. */
  readonly full: number;
  /** Energy of the Laplacian relative to that of the picture: falls when edges are smeared. */
  readonly sharpness: number;
}

/** Contrast below which a picture is blank. */
const blank = 0.004;
/** Brightest level below which a picture is too dark to see anything. */
const dark = 0.15;
/** Share of pixels at full brightness that is too much, if the plant's other pictures have far less. */
const overexposed = 0.35;
/**
 * Sharpness of a blurred picture: so many robust sigmas (of the logarithm) below the usual, and at most this share of
 * it.
 */
const blurred = { sigmas: 4, share: 0.35 };
/** Least number of pictures that show what is usual. */
const leastParts = 12;

/** Oddities of blank, dark, overexposed and blurred pictures. */
export function exposureAndFocus({ modality, parts, rows }: MeasuredParts<ImageModality>): Oddity[] {
  const all = rows.map((values) => pictureStatistics(modality, values));
  const full = robust(all.map((picture) => picture.full));
  const sharp = robust(all.map((picture) => Math.log(picture.sharpness + 1e-9)));
  const tests: readonly [OddityCode, (picture: PictureStatistics) => boolean][] = [
    ['image-blank', ({ contrast }) => contrast < blank],
    ['image-dark', ({ brightest }) => brightest < dark],
    ['image-saturated', (picture) => picture.full > Math.max(overexposed, full.median + 6 * full.sigma)],
    [
      'image-blurred',
      ({ sharpness }) => {
        const level = Math.log(sharpness + 1e-9) - sharp.median;
        return (
          parts.length >= leastParts &&
          level < Math.min(-blurred.sigmas * sharp.sigma, Math.log(blurred.share))
        );
      },
    ],
  ];
  const first = all.map((picture) => tests.find(([, test]) => test(picture))?.[0]);
  return tests.flatMap(([code]) => {
    const affected = parts.filter((_, place) => first[place] === code);
    return aboutParts(code, { affected, of: parts.length });
  });
}

/** Statistics of one picture (`values` [height × width × channels] in 0…1). */
function pictureStatistics(
  { width, height, channels }: Pick<ImageModality, 'width' | 'height' | 'channels'>,
  values: ArrayLike<number>,
): PictureStatistics {
  const grey = Float64Array.from({ length: width * height }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[pixel * channels + channel]!;
    return sum / channels;
  });
  const spread = variance(grey);
  let [edges, inner] = [0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]!;
      edges += (4 * grey[at]! - around) ** 2;
      inner++;
    }
  return {
    contrast: Math.sqrt(spread),
    brightest: quantile(grey, 0.99),
    full: grey.filter((value) => value >= 0.995).length / grey.length,
    sharpness: edges / inner / (spread + 1e-9),
  };
}
