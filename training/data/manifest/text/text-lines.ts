import { open } from 'node:fs/promises';
import { readingError } from '../../../cells/reading-error.ts';
import { decoderOf } from '../encoding/decoders.ts';
import type { CharacterEncoding } from '../encoding/encodings.ts';
import { lineBlocks, oneEnding } from './line-blocks.ts';

/** Places of a file from which lines are looked at before it is read. */
const slices = 12;
const sliceBytes = 1 << 15;
export const headBytes = 1 << 18;

/** Lines of a text file, many at a time; see `lineBlocks`. */
export async function* textLines(
  path: string,
  encoding: CharacterEncoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string[]> {
  for await (const block of lineBlocks(path, encoding, onBytes)) {
    const lines = block.toString().split('\n');
    lines.pop();
    yield lines;
  }
}

/** First lines of a file, and lines from places all over it, without what is cut off. @throws FedReconError `file-unreadable` */
export async function sampleLines(
  path: string,
  encoding: CharacterEncoding,
): Promise<{ head: string[]; spread: string[] }> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const at = async (start: number, length: number, isWhole: boolean): Promise<string[]> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      const text = decoderOf(encoding).decode(buffer.subarray(0, bytesRead));
      const lines = oneEnding(text).split('\n');
      if (start + bytesRead < size || lines.at(-1) === '') lines.pop();
      return isWhole ? lines : lines.slice(1);
    };
    const head = await at(0, headBytes, true);
    const spread: string[] = [];
    for (let slice = 0; slice < slices && size > headBytes; slice++) {
      const start = headBytes + Math.floor(((size - headBytes) * slice) / slices / 4) * 4;
      spread.push(...(await at(start, sliceBytes, false)));
    }
    return { head, spread };
  } catch (thrown) {
    throw readingError(thrown, path);
  }
}
