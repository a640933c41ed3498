import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import { longestMeasured } from '../../protocol/kinds/signal.ts';
import type { ManifestFolder } from './folder.ts';
import type { NumberMarks } from './numbers.ts';
import { readingError } from './reading-error.ts';
import { type FaultName, signalFault } from './signal-faults.ts';
import type { MeasuredSignal } from './signal-length.ts';
import { signalInText, textOf } from './signal-text.ts';

/** Ending of files that hold a signal each. */
export const signalEnding = /\.(csv|tsv|txt|npy|wav)$/i;
/** A file of more is no measurement of one part. */
const mostBytes = 1 << 26;

/**
 * Reads a signal from the file that a cell names: `.npy` of one dimension; `.wav` of one channel, full scale as ±1; text, as
 * `signalInText` has it.
 * @throws FedReconError `signal-long`, `signal-file-missing`, `file-unreadable`, `signal-file-format`, `signal-file-line`, `signal-file-unclear`,
 *   `signal-file-order`, `signal-file-times`, `image-outside`, `image-similar`
 */
export async function readSignalFile(
  folder: ManifestFolder,
  name: string,
  marks: NumberMarks,
): Promise<MeasuredSignal> {
  const wrong = (fault: FaultName) => signalFault(name, fault);
  const { path, bytes } = await folder.find(name).catch((thrown: unknown) => {
    if (thrown instanceof FedReconError && thrown.code === 'image-missing')
      throw new FedReconError('signal-file-missing', { file: name }, { cause: thrown });
    throw thrown;
  });
  if (bytes > mostBytes) throw wrong('large');
  const content = await readFile(path).catch((thrown: unknown) => {
    throw readingError(thrown, path);
  });
  const ending = name.slice(name.lastIndexOf('.')).toLowerCase();
  const read =
    ending === '.npy'
      ? fromNumpy(content)
      : ending === '.wav'
        ? fromWave(content)
        : (signalInText(textOf(content), name, marks) ?? (content.length === 0 ? 'empty' : 'columns'));
  if (typeof read === 'string') throw wrong(read);
  const signal = read instanceof Float64Array ? { values: read } : read;
  const { values } = signal;
  if (values.length === 0) throw wrong('empty');
  if (!values.every(Number.isFinite)) throw wrong('noNumber');
  if (values.length > longestMeasured)
    throw new FedReconError('signal-long', {
      ...{ column: name, actual: values.length, limit: longestMeasured },
    });
  return signal;
}

/** Reads a number of a type in an array, by the code of the type. */
const numpyTypes: Readonly<
  Record<string, [bytes: number, read: (view: DataView, at: number, little: boolean) => number]>
> = {
  b1: [1, (view, at) => view.getUint8(at)],
  f2: [2, halfFloat],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  i1: [1, (view, at) => view.getInt8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u1: [1, (view, at) => view.getUint8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
};

/** Number of 16 bits (IEEE 754, binary16). */
function halfFloat(view: DataView, at: number, little: boolean): number {
  const bits = view.getUint16(at, little);
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, (bits & 1023) / 1024];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** Array of NumPy (format 1 to 3) of which one dimension alone is longer than 1; or why it is none. */
function fromNumpy(content: Buffer): Float64Array | FaultName {
  if (content.length < 12 || content.toString('latin1', 0, 6) !== '\x93NUMPY') return 'notNumpy';
  const isFirst = content[6] === 1;
  const start = isFirst ? 10 : 12;
  const end = start + (isFirst ? content.readUInt16LE(8) : content.readUInt32LE(8));
  const header = content.toString('latin1', start, Math.min(end, content.length));
  const [, order, code] = /'descr':\s*'([<>|=])(\w\d)'/.exec(header) ?? [];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number);
  const type = numpyTypes[code ?? ''];
  if (!type) return header.includes("'descr'") ? 'objects' : 'damaged';
  if (!shape || shape.filter((size) => size !== 1).length > 1) return 'dimensions';
  const count = shape.reduce((product, size) => product * size, 1);
  const [bytes, read] = type;
  if (content.length !== end + count * bytes) return 'damaged';
  const view = new DataView(content.buffer, content.byteOffset + end);
  return Float64Array.from({ length: count }, (_, index) => read(view, index * bytes, order !== '>'));
}

const [pcm, float, extensible] = [1, 3, 0xfffe] as const;

interface WaveFormat {
  readonly code: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

/** Sound of one channel, whole numbers divided by their full scale; or why it is none. */
function fromWave(content: Buffer): MeasuredSignal | FaultName {
  if (content.length < 12 || content.toString('latin1', 0, 4) !== 'RIFF') return 'notWave';
  let format: WaveFormat | undefined;
  for (let at = 12; at + 8 <= content.length; ) {
    const chunk = content.toString('latin1', at, at + 4);
    const size = content.readUInt32LE(at + 4);
    const data = content.subarray(at + 8, at + 8 + size);
    if (data.length < size) return format && !isRead(format) ? 'packedSound' : 'damaged';
    if (chunk === 'fmt ' && size >= 16) {
      const code = data.readUInt16LE(0);
      const own = code === extensible && size >= 26 ? data.readUInt16LE(24) : code;
      const [channels, rate, bits] = [data.readUInt16LE(2), data.readUInt32LE(4), data.readUInt16LE(14)];
      format = { code: own, channels, rate, bits };
    }
    if (chunk === 'data') {
      if (!format) return 'damaged';
      if (!isRead(format)) return 'packedSound';
      if (format.channels !== 1) return 'channels';
      const values = samplesOf(data, format);
      const { rate } = format;
      if (!values) return 'damaged';
      return rate > 0
        ? { values, rate, timing: { span: values.length / rate, unit: 's', isUneven: false } }
        : { values };
    }
    at += 8 + size + (size % 2);
  }
  return 'damaged';
}

/** True of sound in whole numbers or floating point, as it is. */
function isRead({ code, bits }: WaveFormat): boolean {
  return code === pcm ? [8, 16, 24, 32].includes(bits) : code === float && [32, 64].includes(bits);
}

function samplesOf(
  data: Buffer,
  { code, bits }: Pick<WaveFormat, 'code' | 'bits'>,
): Float64Array | undefined {
  const bytes = bits / 8;
  const read = (at: number): number => {
    if (code === float) return bits === 64 ? data.readDoubleLE(at) : data.readFloatLE(at);
    // Eight bits count from 0, more from the middle.
    return bits === 8 ? data[at]! / 128 - 1 : data.readIntLE(at, bytes) / 2 ** (bits - 1);
  };
  if (data.length % bytes !== 0) return undefined;
  return Float64Array.from({ length: data.length / bytes }, (_, index) => read(index * bytes));
}
