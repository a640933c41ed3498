import { isAscii } from 'node:buffer';
import { piecesOf } from '../../file-content.ts';
import { decoderOf } from '../encoding/decoders.ts';
import type { CharacterEncoding } from '../encoding/encodings.ts';

const chunkBytes = 1 << 19;
const [lineFeed, carriageReturn] = [0x0a, 0x0d];
/** Encodings in which the bytes of LF and CR may belong to another character, or ASCII bytes mean something else after those before. */
const entangled: ReadonlySet<CharacterEncoding> = new Set([
  ...(['UTF-16LE', 'UTF-16BE', 'UTF-32LE', 'UTF-32BE', 'ISO-2022-JP', 'HZ-GB-2312', 'UTF-7'] as const),
]);
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/**
 * Text file in blocks of whole lines, as UTF-8 without a byte order mark, whatever its encoding. Each line ends with LF, whatever ends
 * it in the file (CRLF, LF, CR, or one after the other); it keeps the CR before its LF. A NUL, which no text holds, becomes U+FFFD as
 * other bytes that mean nothing, though bytes that are wrong in a UTF-8 file stay as they are.
 * @param onBytes called with the number of bytes read
 */
export async function* lineBlocks(
  path: string,
  encoding: CharacterEncoding,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const chunks = chunksOf(path, onBytes);
  const isUtf8 = encoding === 'UTF-8' || encoding === 'UTF-8 BOM';
  const texts = entangled.has(encoding) ? decoded(chunks, encoding) : chunks;
  let isFirst = true;
  for await (const block of wholeLines(texts)) {
    const text = isUtf8 || entangled.has(encoding) || isAscii(block) ? block : again(block, encoding);
    yield withPlainEnds(isFirst ? withoutMark(text) : text);
    isFirst = false;
  }
}

/** Each chunk has memory of its own, since rows are cut out of it later; a stream would take longer to hand them over than to read them. */
async function* chunksOf(path: string, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of piecesOf(path, () => Buffer.allocUnsafeSlow(chunkBytes))) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: CharacterEncoding): AsyncGenerator<Buffer> {
  const decoder = decoderOf(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Cuts behind the ends of lines; only what goes on in the next chunk is copied. The last line is given its end. */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    const end = chunk.includes(lineFeed) ? lineFeed : carriageReturn;
    // A CR at the end of a chunk may be half of a CRLF.
    const searched = end === lineFeed ? chunk : chunk.subarray(0, -1);
    const first = searched.indexOf(end) + 1;
    const last = searched.lastIndexOf(end) + 1;
    if (first > 0) yield Buffer.concat([...begun, chunk.subarray(0, first)]);
    if (last > first) yield chunk.subarray(first, last);
    if (first > 0) begun = [];
    if (last < chunk.length) begun.push(chunk.subarray(last));
  }
  const rest = Buffer.concat(begun);
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.of(lineFeed)]);
}

function again(block: Buffer, encoding: CharacterEncoding): Buffer {
  return Buffer.from(decoderOf(encoding).decode(block));
}

function withoutMark(text: Buffer): Buffer {
  return text.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    ? text.subarray(byteOrderMark.length)
    : text;
}

/** A CR alone ends a line too. */
function withPlainEnds(block: Buffer): Buffer {
  const hasNuls = block.includes(0);
  if (!hasNuls && !hasLoneReturns(block)) return block;
  const text = block.toString();
  return Buffer.from(oneEnding(hasNuls ? text.replaceAll('\0', '\ufffd') : text));
}

function hasLoneReturns(block: Buffer): boolean {
  for (let at = block.indexOf(carriageReturn); at >= 0; at = block.indexOf(carriageReturn, at + 1))
    if (block[at + 1] !== lineFeed) return true;
  return false;
}

/** Text of which each line ends with LF, if a CR ends one of them. */
export function oneEnding(text: string): string {
  return text.includes('\r') && /\r(?!\n)/.test(text)
    ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
    : text;
}
