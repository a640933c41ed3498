import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import { hasPlaces } from '../../protocol/kinds/index.ts';
import { type ImageModality, modalityOf } from '../../protocol/plan.ts';
import { decodeImage } from '../../training/cells/images/decode.ts';
import type { Raster } from '../../training/cells/images/raster.ts';
import type { Shows } from '../api/permission.ts';
import { heatMap } from '../pictures/heat-map.ts';
import { encodePicture, type PictureValues } from '../pictures/picture.ts';
import { hashOf } from '../store/files.ts';
import type { Reconstruction } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile } from '../store/tensor-file.ts';
import { planInUse } from './context.ts';
import { cardPicture } from './models/card-pictures.ts';

/** An image as the workstation hands it out, and what it shows: whoever may not see that is given none. */
export interface Served {
  readonly shows: Shows;
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Addresses of images, as views carry them. */
export const imageAddress = {
  part: (part: number, modality: string) => `/images/part/${part}/${modality}`,
  /**
   * Address of a reconstruction. The model's version is part of it, so that no window shows an older picture from its
   * memory.
   */
  reconstruction: (part: number, modality: string, model: number) =>
    `/images/reconstruction/${part}/${modality}?model=${model}`,
  uncertainty: (part: number, modality: string, model: number) =>
    `/images/uncertainty/${part}/${modality}?model=${model}`,
};

const address =
  /^\/images\/(part|reconstruction|uncertainty)\/([1-9]\d{0,14})\/([a-z][a-z0-9-]{0,31})(?:\?.*)?$/;

/** Formats that every window shows by itself, with the bytes they start with. */
const shownAsTheyAre = [
  { type: 'image/png', start: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', start: [0xff, 0xd8, 0xff] },
] as const;
/** Largest file of another format, in bytes, that is converted: a larger one would hold up the app. */
const largestConverted = 4 * 2 ** 20;

/**
 * The image behind an address; undefined when there is none. A measured image is its own file, as PNG where a window
 * could not show its format, while that still is the file that was imported and not too large to convert; else it
 * is made from the values that the model sees.
 */
export async function serveImage(store: Store, path: string): Promise<Served | undefined> {
  const [, source, part, modality] = address.exec(path) ?? [];
  try {
    const picture = await cardPicture(store, path);
    if (picture) return { type: 'image/png', ...picture };
    if (!source || !part || !modality) return undefined;
    const entry = modalityOf(planInUse(store).plan, modality);
    if (!hasPlaces(entry)) return undefined;
    return await renderers[source as keyof typeof renderers](store, Number(part), entry);
  } catch (thrown) {
    if (thrown instanceof FedReconError) return undefined;
    throw thrown;
  }
}

type Renderer = (store: Store, part: number, modality: ImageModality) => Promise<Served | undefined>;

const renderers = {
  part: async (store, part, modality) => {
    const measured = store.datasets.measurements(part).get(modality.name);
    if (!measured || typeof measured !== 'object' || !('file' in measured)) return undefined;
    const original = await readFile(measured.file).catch(() => undefined);
    if (original && hashOf(original) === measured.sha256) {
      const own = shownAsTheyAre.find(({ start }) => start.every((byte, index) => original[index] === byte));
      if (own) return { shows: 'measurements', bytes: original, type: own.type };
      if (original.length <= largestConverted) return png('measurements', pictureOf(decodeImage(original)));
    }
    const found = store.datasets.part(part)!;
    const dataset = store.datasets.active().find(({ id }) => id === found.dataset);
    if (!dataset) return undefined;
    const values = await tensorRow(store, dataset.file, `${modality.name}/values`, found.position);
    return png('measurements', shaped(modality, values));
  },
  reconstruction: async (store, part, modality) => {
    const found = store.reconstructions.get(part, modality.name);
    if (!found) return undefined;
    const mean = await tensorRow(store, found.file, 'mean', found.position);
    return png('reconstructions', shaped(modality, mean), badge(found, 'reconstruction'));
  },
  uncertainty: async (store, part, modality) => {
    const found = store.reconstructions.get(part, modality.name);
    if (!found) return undefined;
    const sigma = await tensorRow(store, found.file, 'sigma', found.position);
    const map = heatMap(shaped(modality, sigma), found.sigmaLow, found.sigmaHigh);
    return png('reconstructions', map, badge(found, 'uncertainty'));
  },
} satisfies Record<string, Renderer>;

/** A picture as a window is served it. */
export function png(
  shows: Shows,
  picture: PictureValues,
  text: Readonly<Record<string, string>> = {},
): Served {
  return { shows, bytes: encodePicture(picture, text), type: 'image/png' };
}

/**
 * Texts inside the file that say that nobody measured this, and which of its sources nobody measured together with it.
 */
export function badge(
  { modality, modelVersion, sources }: Reconstruction,
  what: string,
): Record<string, string> {
  const bridges = sources.flatMap((source) =>
    source.through === undefined ? [] : [`${source.modality} through ${source.through}`],
  );
  return {
    Title: `FedRecon ${what}: not a measurement`,
    Source: `reconstructed by FedRecon Workstation, model version ${modelVersion}`,
    ...(bridges.length > 0 && {
      Warning: `bridge: ${bridges.join(', ')}; no plant measured ${modality} with it`,
    }),
  };
}

/** One row of a tensor of a stored file. */
export async function tensorRow(
  store: Store,
  file: string,
  name: string,
  row: number,
): Promise<Float32Array> {
  const tensors = await openTensorFile(store.files.path(file));
  try {
    return await tensors.read(name, row, 1);
  } finally {
    await tensors.close();
  }
}

/** An image modality's values as a picture. */
export function shaped({ width, height, channels }: ImageModality, values: Float32Array): PictureValues {
  return { width, height, channels, values };
}

/** Picture of any camera's file that a window can show: 8 bits, grey or colour, transparent parts black. */
function pictureOf({ width, height, channels, max, data }: Raster): PictureValues {
  const colours = channels >= 3 ? 3 : 1;
  const hasAlpha = channels === 2 || channels === 4;
  const values = new Float32Array(width * height * colours);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = hasAlpha ? data[pixel * channels + channels - 1]! / max : 1;
    for (let channel = 0; channel < colours; channel++)
      values[pixel * colours + channel] = (data[pixel * channels + channel]! / max) * alpha;
  }
  return { width, height, channels: colours, values };
}
