import { hasPlaces } from '../../../protocol/kinds/index.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import type { Shows } from '../../api/permission.ts';
import { encodePicture } from '../../pictures/picture.ts';
import type { Store } from '../../store/store.ts';
import { openTensorFile } from '../../store/tensor-file.ts';
import { enrolled } from '../context.ts';

/** A row of a card's pictures. */
export interface PictureRow {
  readonly version: number;
  /** Hash of the card: another card has other pictures. */
  readonly hash: string;
  readonly modality: string;
  /** Sort of the picture: `examples`, `true` or `reconstructed`. */
  readonly what: string;
  readonly row: number;
}

/** The address of a picture of a card, as views carry it. */
export function pictureAddress({ version, hash, modality, what, row }: PictureRow): string {
  return `/images/card/${version}/${modality}/${what}/${row}?card=${hash}`;
}

const address =
  /^\/images\/card\/(\d{1,15})\/([a-z][a-z0-9-]{0,31})\/(examples|true|reconstructed)\/(\d{1,6})(?:\?.*)?$/;

/** The tensor of a card's file of pictures that holds such rows. */
export function tensorOf({ modality, what }: Pick<PictureRow, 'modality' | 'what'>): string {
  return what === 'examples' ? what : `worst/${modality}/${what}`;
}

/**
 * The PNG behind an address of the newest card of a version; undefined when there is none. A reconstruction says
 * inside the file that it is one; everything else was measured.
 * @throws FedReconError where card or file are not as they were written
 */
export async function cardPicture(
  store: Store,
  path: string,
): Promise<{ readonly shows: Shows; readonly bytes: Uint8Array } | undefined> {
  const [, version, name, what, row] = address.exec(path) ?? [];
  if (!version || !name || !what || !row) return undefined;
  const modality = modalityOf(enrolled(store).plan, name);
  const pictures = store.adoption.card(Number(version))?.examples?.pictures;
  if (!hasPlaces(modality) || pictures === undefined) return undefined;
  const file = await openTensorFile(store.files.path(pictures));
  try {
    const values = await file.read(tensorOf({ modality: name, what }), Number(row), 1);
    const { width, height, channels } = modality;
    const isMade = what === 'reconstructed';
    return {
      shows: isMade ? 'reconstructions' : 'measurements',
      bytes: encodePicture({ width, height, channels, values }, isMade ? badge(version) : {}),
    };
  } finally {
    await file.close();
  }
}

function badge(version: string): Record<string, string> {
  return {
    Title: 'FedRecon reconstruction: not a measurement',
    Source: `reconstructed by FedRecon Workstation to judge model version ${version}`,
  };
}
