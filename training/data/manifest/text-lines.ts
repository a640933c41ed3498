import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { decoderOf } from './encoding.ts';
import type { CharacterEncoding } from './reading-settings.ts';

const chunkBytes = 1 << 18;
/** Places of a file from which lines are looked at before it is read. */
const slices = 12;
const sliceBytes = 1 << 15;
export const headBytes = 1 << 18;

/**
 * Lines of a text file, many at a time, whatever ends them (CRLF, LF, CR, or one after the other); a line keeps the
 * CR before its LF. A NUL, which no text holds, becomes U+FFFD as other bytes that mean nothing.
 */
export async function* textLines(
  path: string,
  encoding: CharacterEncoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string[]> {
  const decoder = decoderOf(encoding);
  let rest = '';
  const cut = (text: string, isLast: boolean): string[] => {
    // A CR at the end of a piece may be half of a CRLF.
    const held = !isLast && text.endsWith('\r') ? '\r' : '';
    const lines = oneEnding(withoutNuls(held === '' ? text : text.slice(0, -1))).split('\n');
    rest = `${isLast ? '' : lines.pop()!}${held}`;
    return lines;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    onBytes?.(chunk.length);
    yield cut(rest + decoder.decode(chunk, { stream: true }), false);
  }
  const last = cut(rest + decoder.decode(), true);
  if (last.at(-1) === '') last.pop();
  yield last;
}

function withoutNuls(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}

/** A CR alone ends a line too. */
function oneEnding(text: string): string {
  return text.includes('\r') && /\r(?!\n)/.test(text)
    ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
    : text;
}

/** First lines of a file, and lines from places all over it, without what is cut off. */
export async function sampleLines(
  path: string,
  encoding: CharacterEncoding,
): Promise<{ head: string[]; spread: string[] }> {
  const file = await open(path);
  try {
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
  } finally {
    await file.close();
  }
}
