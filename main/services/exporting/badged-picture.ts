import type { PictureValues } from '../../pictures/picture.ts';
import { type DrawnText, drawText } from '../../pilot/pdf/drawn-text.ts';
import { type Badge, badges } from './badges.ts';

type Colour = readonly [red: number, green: number, blue: number];
/** The window's colour of everything reconstructed, and its colour of warnings. */
const violet: Colour = [0.42, 0.208, 0.741];
const amber: Colour = [0.541, 0.322, 0];

/** Height of a line of the caption. */
const lineHeight = 26;
/** Room beside a line. */
const margin = 6;
const letterSize = 15;

/**
 * A reconstruction with its badges drawn in, and a caption that says which it is: whoever cuts them off does so on purpose. Pixels are
 * enlarged by a whole number, so that the letters fit and none is invented.
 * @param barred whether it also says that no part may be accepted by it
 * @param caption lines of text, the first in bold
 */
export async function badged(
  picture: PictureValues,
  barred: boolean,
  caption: readonly string[],
): Promise<{ picture: PictureValues; scale: number }> {
  const { reconstruction, notFinal } = badges;
  const scale = Math.max(1, Math.ceil(reconstruction.width / picture.width));
  const width = picture.width * scale;
  const above = reconstruction.height + caption.length * lineHeight;
  const below = barred ? notFinal.height : 0;
  const height = above + picture.height * scale + below;
  const values = new Float32Array(width * height * 3);
  const drawn: PictureValues = { width, height, channels: 3, values };
  strip(values, width, 0, reconstruction, violet);
  for (const [index, line] of caption.entries()) {
    const text = await drawText(line, letterSize, width - 2 * margin, index === 0 ? 700 : 400);
    written(values, width, reconstruction.height + index * lineHeight, text);
  }
  for (let y = 0; y < picture.height * scale; y++)
    for (let x = 0; x < width; x++) {
      const pixel = Math.floor(y / scale) * picture.width + Math.floor(x / scale);
      for (let channel = 0; channel < 3; channel++)
        values[((above + y) * width + x) * 3 + channel] =
          picture.values[pixel * picture.channels + (picture.channels === 3 ? channel : 0)]!;
    }
  if (barred) strip(values, width, height - below, notFinal, amber);
  return { picture: drawn, scale };
}

/** A line of text in black on white, from the left. */
function written(
  values: Float32Array,
  width: number,
  top: number,
  { width: wide, height, letters }: DrawnText,
): void {
  values.fill(1, top * width * 3, (top + lineHeight) * width * 3);
  const above = Math.max(0, Math.floor((lineHeight - height) / 2));
  for (let y = 0; y < Math.min(height, lineHeight - above); y++)
    for (let x = 0; x < wide; x++) {
      const white = 1 - Math.min(1, letters[y * wide + x]!);
      const at = ((top + above + y) * width + margin + x) * 3;
      values[at] = white;
      values[at + 1] = white;
      values[at + 2] = white;
    }
}

/** A badge in the middle of a strip of its colour that is as wide as the picture. */
function strip(
  values: Float32Array,
  width: number,
  top: number,
  { width: wide, height, letters }: Badge,
  colour: Colour,
): void {
  const left = Math.floor((width - wide) / 2);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const within = x >= left && x < left + wide;
      const letter = within ? letters[y * wide + x - left]! : 0;
      values.set(
        colour.map((value) => value + (1 - value) * letter),
        ((top + y) * width + x) * 3,
      );
    }
}
