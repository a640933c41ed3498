import type { ModalityView } from '../../main/api/views.ts';

/** Width and height: of a picture in its pixels, of what it is shown in, in pixels of the page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which part of a picture is looked at: how much larger than whole, and what lies in the middle, in shares of it. */
export interface Look {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Where a picture is drawn, in pixels of the page. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** True where it is drawn smaller than it is; else each of its pixels is a square, and all are alike. */
  readonly isSmooth: boolean;
}

/** A look at the whole. */
export const whole: Look = { zoom: 1, x: 0.5, y: 0.5 };

/** Largest side of a pixel while the whole is looked at: 8 × 8 pixels over a whole screen are no picture any more. */
const largestPixel = 24;

/**
 * Place of a picture in a room: as large as it fits, by a whole number of the screen's pixels for each of its own, so
 * that none is wider than the next; made smaller where it is larger than the room.
 * @param ratio pixels of the screen in one of the page
 */
export function placePicture(
  picture: Size,
  room: Size,
  ratio: number,
  { zoom, x, y }: Look = whole,
): Placement {
  const fit = Math.min(room.width / picture.width, room.height / picture.height) * ratio;
  const base = fit < 1 ? fit : Math.min(Math.floor(fit), Math.max(1, Math.floor(largestPixel * ratio)));
  const step = base * zoom < 1 ? base * zoom : Math.floor(base * zoom);
  const along = (pixels: number, space: number, centre: number) => {
    const length = (pixels * step) / ratio;
    const wished = space / 2 - centre * length;
    // What is larger than its room leaves no edge of it empty; what is smaller stands in its middle.
    const start = length <= space ? (space - length) / 2 : Math.min(0, Math.max(space - length, wished));
    return { start: Math.round(start * ratio) / ratio, length };
  };
  const [across, down] = [along(picture.width, room.width, x), along(picture.height, room.height, y)];
  return {
    left: across.start,
    top: down.start,
    width: across.length,
    height: down.length,
    isSmooth: step < 1,
  };
}

/** Share of a picture that lies in the middle of a room, in each direction. */
export function centreOf({ left, top, width, height }: Placement, room: Size): { x: number; y: number } {
  return { x: (room.width / 2 - left) / width, y: (room.height / 2 - top) / height };
}

/** Pixels that pictures of a modality have in its plan; undefined where it has no places. */
export function planPixels(modality: ModalityView | undefined): Size | undefined {
  return modality?.places && { width: modality.places.columns, height: modality.places.rows };
}
