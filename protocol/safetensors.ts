import { z } from 'zod';
import { FedReconError } from './errors.ts';
import { allFinite, type HostTensors, sizeOf } from './tensors.ts';

/**
 * The safetensors format, for float32: 8 bytes of header length (little endian), a JSON header `{ name: { dtype, shape,
 * data_offsets }, __metadata__ }`, then the values of all tensors without gaps. Equal tensors and metadata always give
 * equal bytes, because the hash of the bytes is their address.
 * Format: https://huggingface.co/docs/safetensors#format (all platforms we run on are little endian).
 */

const headerLimit = 1 << 20;
const bytesPerValue = Float32Array.BYTES_PER_ELEMENT;
/** Alignment in bytes: values start at a multiple of it, so that they can be used in place. */
const alignment = 8;
const metadataKey = '__metadata__';

const dimension = z.int().nonnegative();
const entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(dimension).max(8),
  data_offsets: z.tuple([dimension, dimension]),
});
const header = z
  .object({ [metadataKey]: z.record(z.string(), z.string()).default({}) })
  .catchall(entry)
  .transform(({ [metadataKey]: metadata, ...entries }) => ({
    metadata,
    entries: Object.entries(entries) as [string, z.infer<typeof entry>][],
  }));

const damaged = (problem: string) => new FedReconError('tensors-invalid', { problem });

/**
 * Packs float32 tensors into one safetensors file, sorted by name.
 * @throws FedReconError `tensors-invalid` for a name that starts with `__` or a shape that does not fit its data
 */
export function encodeTensors(tensors: HostTensors, metadata: Record<string, string> = {}): Uint8Array {
  const sorted = sortedEntries(tensors);
  for (const [name, { shape, data }] of sorted)
    if (data.length !== sizeOf(shape))
      throw damaged(`"${name}" has ${data.length} values and the shape [${shape}]`);
  const start = encodeHeader(
    sorted.map(([name, { shape }]) => [name, shape]),
    metadata,
  );
  const count = sorted.reduce((sum, [, { data }]) => sum + data.length, 0);
  const bytes = new Uint8Array(start.length + count * bytesPerValue);
  bytes.set(start);
  const values = new Float32Array(bytes.buffer, start.length);
  let position = 0;
  for (const [, { data }] of sorted) {
    values.set(data, position);
    position += data.length;
  }
  return bytes;
}

/**
 * Header of a file, all bytes before the first value, for a file whose values are written piece by piece: those of each
 * tensor must follow in this order, without gaps. `encodeTensors` sorts its tensors by name.
 * @param least bytes that it takes at least: of a file whose values are written before their number is known
 * @throws FedReconError `tensors-invalid` for a name that starts with `__`
 */
export function encodeHeader(
  tensors: readonly (readonly [name: string, shape: readonly number[]])[],
  metadata: Record<string, string> = {},
  least = 0,
): Uint8Array {
  let end = 0;
  const entries = tensors.map(([name, shape]) => {
    if (name.startsWith('__')) throw damaged(`"${name}" is no tensor name`);
    const begin = end;
    end += sizeOf(shape) * bytesPerValue;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }] as const;
  });
  const sortedMetadata = sortedEntries(metadata);
  const document = Object.fromEntries<unknown>(entries);
  if (sortedMetadata.length > 0) document[metadataKey] = Object.fromEntries(sortedMetadata);
  const json = new TextEncoder().encode(JSON.stringify(document));
  const headerLength = Math.max(least - 8, Math.ceil(json.length / alignment) * alignment);
  if (headerLength > headerLimit) throw damaged(`the header is larger than ${headerLimit} bytes`);

  const bytes = new Uint8Array(8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  bytes.fill(0x20, 8 + json.length);
  return bytes;
}

/**
 * Unpacks a safetensors file. The tensors share memory with `bytes` where those are aligned to 4 bytes.
 * @throws FedReconError `tensors-invalid` for anything that is not a complete, gapless file of F32 tensors
 */
export function decodeTensors(bytes: Uint8Array): { tensors: HostTensors; metadata: Record<string, string> } {
  const { text, dataStart } = readHeader(bytes);
  const { metadata, entries } = parseHeader(text);
  const dataLength = bytes.length - dataStart;
  const inPlace = (bytes.byteOffset + dataStart) % bytesPerValue === 0;
  const data = inPlace ? bytes.subarray(dataStart) : bytes.slice(dataStart);

  let end = 0;
  const tensors = entries
    .toSorted(
      ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
    )
    .map(([name, { dtype, shape, data_offsets: offsets }]) => {
      if (name.startsWith('__')) throw damaged(`"${name}" is no tensor name`);
      if (dtype !== 'F32') throw damaged(`"${name}" is ${dtype.slice(0, 20)}; only F32 is accepted`);
      if (offsets[0] !== end) throw damaged(`"${name}" overlaps another tensor or leaves a gap`);
      if (offsets[1] - offsets[0] !== sizeOf(shape) * bytesPerValue)
        throw damaged(`"${name}" has a shape that does not fit its bytes`);
      if (offsets[1] > dataLength) throw damaged(`"${name}" ends after the end of the file`);
      end = offsets[1];
      const values = new Float32Array(data.buffer, data.byteOffset + offsets[0], sizeOf(shape));
      return [name, { shape, data: values }] as const;
    });
  if (end !== dataLength) throw damaged(`${dataLength - end} bytes belong to no tensor`);
  return { tensors: Object.fromEntries(tensors), metadata };
}

/** Place of a tensor in its file. */
export interface TensorPlace {
  readonly shape: readonly number[];
  /** Offset in the file, in bytes, at which its values start. */
  readonly start: number;
}

/** Number of bytes from the start of a file that `tensorPlaces` needs. @param bytes at least the first 8 */
export function headerBytes(bytes: Uint8Array): number {
  return 8 + headerSize(bytes);
}

/**
 * Places of a file's tensors by name, without their values: to read single rows of a file of our own that is too large
 * to read whole.
 * @param bytes the file's first `headerBytes`
 * @throws FedReconError `tensors-invalid`
 */
export function tensorPlaces(bytes: Uint8Array): {
  places: Map<string, TensorPlace>;
  metadata: Record<string, string>;
} {
  const { text, dataStart } = readHeader(bytes);
  const { metadata, entries } = parseHeader(text);
  const places = entries.map(
    ([name, { shape, data_offsets: offsets }]) => [name, { shape, start: dataStart + offsets[0] }] as const,
  );
  return { places: new Map(places), metadata };
}

/**
 * Checks that no value of the tensors is NaN or infinite.
 * @throws FedReconError `tensor-not-finite` naming the first such tensor
 */
export function assertFinite(tensors: HostTensors): void {
  for (const [name, { data }] of Object.entries(tensors))
    if (!allFinite(data)) throw new FedReconError('tensor-not-finite', { name });
}

function headerSize(bytes: Uint8Array): number {
  if (bytes.length < 8) throw damaged('it is shorter than its length field');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > headerLimit) throw damaged(`the header is larger than ${headerLimit} bytes`);
  return Number(length);
}

function readHeader(bytes: Uint8Array): { text: string; dataStart: number } {
  const dataStart = 8 + headerSize(bytes);
  if (dataStart > bytes.length) throw damaged('it ends inside its header');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, dataStart),
    );
    return { text, dataStart };
  } catch (cause) {
    throw new FedReconError('tensors-invalid', { problem: 'the header is not UTF-8' }, { cause });
  }
}

function parseHeader(text: string): z.infer<typeof header> {
  if (!text.startsWith('{')) throw damaged('the header is not a JSON object');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new FedReconError('tensors-invalid', { problem: 'the header is not JSON' }, { cause });
  }
  const result = header.safeParse(document);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw damaged(`header field ${issue.path.join('.').slice(0, 200)}: ${issue.message.slice(0, 200)}`);
  }
  // JSON.parse silently keeps the last of two equal keys, so the keys in the text are counted as well.
  const { metadata, entries } = result.data;
  const hasMetadata = Object.hasOwn(document as object, metadataKey);
  const parsed = entries.length * 4 + Object.keys(metadata).length + (hasMetadata ? 1 : 0);
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length;
  if (written !== parsed) throw damaged('the header repeats or reserves a name');
  return result.data;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
