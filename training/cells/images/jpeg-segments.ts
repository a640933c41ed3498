import type { PictureFile } from './picture-file.ts';

/** Markers of a frame header, those left out that begin with the same byte and are none (ITU-T T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const scanMarker = 0xda;
const adobeMarker = 0xee;
const mostSegments = 4096;

/**
 * Walks through a JPEG's segments to its pixels, and says by its name what no decoder here reads, and what two programs would read as
 * two pictures: inks without Adobe's marker, of which some are inverted and some are not.
 * @throws Error for 12 bits, for lossless JPEG, and for such inks
 */
export async function checkJpeg(file: PictureFile): Promise<void> {
  let at = 2;
  let [colours, isAdobe] = [0, false];
  for (let segment = 0; segment < mostSegments; segment++) {
    const head = await file.at(at, 10);
    if (head.length < 5 || head[0] !== 0xff) break;
    const marker = head[1]!;
    if (isFrame(marker)) {
      if (head[4] !== 8) throw new Error(`it has ${head[4]} bits a colour; save it as a 16-bit PNG or TIFF`);
      if ((marker & 3) === 3) throw new Error('it is a lossless JPEG; save it as PNG or TIFF');
      colours = head[9] ?? 0;
    }
    if (marker === adobeMarker && Buffer.from(head.subarray(4, 9)).toString('latin1') === 'Adobe')
      isAdobe = true;
    if (marker === scanMarker) break;
    at += marker === 0xff ? 1 : 2 + head[2]! * 256 + head[3]!;
  }
  if (colours === 4 && !isAdobe)
    throw new Error('it holds inks (CMYK), and does not say whether they are inverted; save it as RGB');
}
