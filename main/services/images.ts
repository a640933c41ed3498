import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import { hasPlaces } from '../../protocol/kinds/index.ts';
import { type ImageModality, modalityOf } from '../../protocol/plan.ts';
import { pictureReader } from '../../training/cells/images/reader/picture-reader.ts';
import type { MeasuredPicture } from '../../training/kinds/reading.ts';
import type { Shows } from '../api/permission.ts';
import { heatMap } from '../pictures/heat-map.ts';
import { encodePicture, type PictureValues } from '../pictures/picture.ts';
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

/**
 * The image behind an address; undefined when there is none. A measured image is its own file where a window shows that
 * as it was read (upright, in its scale, the region that was taken), else
 * a PNG of what was read, while it still is the file that was imported; else it is made from the values that the model sees.
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
    const measured = store.parts.measurements(part).get(modality.name);
    if (!measured || typeof measured !== 'object' || !('file' in measured)) return undefined;
    const shown = await fromItsFile(measured).catch(() => undefined);
    if (shown) return shown;
    const place = store.parts.place(part, modality.name);
    if (!place) return undefined;
    const values = await tensorRow(store, place.file, `${modality.name}/values`, place.position);
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

/** A measured picture as it was read from its file. @throws Error where that is not there, another one or damaged */
async function fromItsFile({ file: path, sha256, view = {} }: MeasuredPicture): Promise<Served> {
  const shown = await pictureReader().ask('shown', { path, sha256, view });
  if (!('type' in shown)) return png('measurements', shown);
  return { shows: 'measurements', bytes: shown.bytes ?? (await readFile(path)), type: shown.type };
}
