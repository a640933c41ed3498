import { type FileHandle, open } from 'node:fs/promises';
import type { MeasuredPicture, PartRecord, PartValue } from '../kinds/reading.ts';
import type { RowPlace } from './manifest/rows.ts';
import type { EncodedPart } from './part.ts';
import type { ImportProblem } from './problems.ts';
import { openSpool } from './spool.ts';

/** Row with an id of which no cell could be used: no part, but what stands of that id may be meant. */
export interface EmptiedRow {
  readonly id: string;
  readonly row: number;
  /** Table of several that the row stands in. */
  readonly table?: string | undefined;
  /** Where the cells of modalities stand that stand elsewhere. */
  readonly places?: Readonly<Record<string, RowPlace>> | undefined;
}

/** What an import lists beside its data set: part k is row k of every tensor. */
export interface PartsFile {
  /** Modalities that some column was taken for. */
  readonly modalities: readonly string[];
  readonly emptied: readonly EmptiedRow[];
  readonly parts: readonly PartRecord[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Writer of a parts file, in constant memory. Each method answers a promise only where it has to wait for the disk. One call at a time.
 * @throws FedReconError `disk-full`
 */
interface PartsWriter {
  part(part: EncodedPart): Promise<void> | undefined;
  problem(problem: ImportProblem): Promise<void> | undefined;
  emptied(row: EmptiedRow): Promise<void> | undefined;
  /** Writes what is still held and closes the file. */
  close(): Promise<void>;
}

/** Value in the text of a block: a list of numbers is how many of the block's numbers are its own. */
type WrittenValue = number | string | MeasuredPicture;

/** Text of a block. */
interface BlockText {
  /** In the first. */
  modalities?: readonly string[];
  readonly parts: [
    id: string,
    row: number,
    /** Without: lists as long as those of the part before in the block. */
    values?: Record<string, WrittenValue> | null,
    table?: string | null,
    places?: Readonly<Record<string, RowPlace>>,
  ][];
  readonly emptied: EmptiedRow[];
  readonly problems: ImportProblem[];
}

/** What a block holds of each, at most: as much as goes into a store at once. */
const listedTogether = 2000;
const numbersTogether = 1 << 17;
/** Two whole numbers of 32 bits, little-endian: the bytes of the block's text, and how many numbers come after it. */
const headBytes = 8;

/**
 * Opens a parts file: blocks of JSON, each followed by the numbers of its signals as doubles (little-endian). As decimals they would
 * take longer to write and to read than the whole table.
 * @param modalities those that some column was taken for
 * @throws FedReconError `disk-full`
 */
export async function openPartsFile(path: string, modalities: readonly string[]): Promise<PartsWriter> {
  const spool = await openSpool(path);
  let numbers = new Float64Array(numbersTogether);
  let used = 0;
  let listed = 0;
  let text: BlockText = { modalities, parts: [], emptied: [], problems: [] };
  /** Values of the part before in the block. */
  let before: Record<string, WrittenValue> | undefined;

  async function flush(): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(text));
    const head = Buffer.alloc(headBytes);
    head.writeUInt32LE(bytes.length, 0);
    head.writeUInt32LE(used, 4);
    text = { parts: [], emptied: [], problems: [] };
    before = undefined;
    listed = 0;
    await spool.write(head);
    await spool.write(bytes);
    await spool.write(new Uint8Array(numbers.buffer, 0, 8 * used));
    used = 0;
  }
  const list = () => (++listed === listedTogether || used >= numbersTogether ? flush() : undefined);

  function keep(own: ArrayLike<number>): number {
    if (used + own.length > numbers.length) {
      const more = new Float64Array(used + Math.max(own.length, numbers.length));
      more.set(numbers.subarray(0, used));
      numbers = more;
    }
    numbers.set(own, used);
    used += own.length;
    return own.length;
  }

  function writtenOf(values: EncodedPart['values']): Record<string, WrittenValue> {
    const written: Record<string, WrittenValue> = {};
    for (const name in values) {
      const value = values[name]!;
      const record = value.numbers ?? value.record;
      written[name] = isList(record) ? keep(record) : record;
    }
    return written;
  }

  return {
    part({ id, row, table, values, places }) {
      const isAsBefore = before !== undefined && areLists(values, before);
      if (isAsBefore) for (const name in before) keep(values[name]!.numbers!);
      else before = writtenOf(values);
      const written = isAsBefore ? null : before!;
      if (places) text.parts.push([id, row, written, table ?? null, places]);
      else if (table !== undefined) text.parts.push([id, row, written, table]);
      else text.parts.push(isAsBefore ? [id, row] : [id, row, written]);
      return list();
    },
    problem(problem) {
      text.problems.push(problem);
      return list();
    },
    emptied({ id, row, table, places }) {
      text.emptied.push({ id, row, table, places });
      return list();
    },
    async close() {
      await flush();
      await spool.close();
    },
  };
}

/** True if all values are lists of numbers, as long as those that were written before. */
function areLists(values: EncodedPart['values'], before: Readonly<Record<string, WrittenValue>>): boolean {
  let count = 0;
  for (const name in values) {
    if (values[name]!.numbers === undefined || values[name]!.numbers.length !== before[name]) return false;
    count++;
  }
  for (const _ in before) count--;
  return count === 0;
}

function isList(record: PartValue | Float64Array): record is readonly number[] | Float64Array {
  return Array.isArray(record) || record instanceof Float64Array;
}

/** Some of what a parts file lists, with lists of numbers as they lie there. */
interface PartsSlice extends Partial<Omit<PartsFile, 'parts'>> {
  readonly parts: readonly (Omit<PartRecord, 'values'> & {
    readonly values: Readonly<Record<string, PartValue | Float64Array>>;
  })[];
}

/** What a parts file lists, some parts at a time. */
export async function* partsInSlices(path: string): AsyncGenerator<PartsSlice> {
  const file = await open(path);
  try {
    for (let at = 0; ; ) {
      const head = await bytesAt(file, at, headBytes);
      if (head.length === 0) return;
      const [length, count] = [head.readUInt32LE(0), head.readUInt32LE(4)];
      at += headBytes;
      const { parts, ...others } = JSON.parse((await bytesAt(file, at, length)).toString()) as BlockText;
      at += length;
      const numbers = new Float64Array(count);
      await readInto(new Uint8Array(numbers.buffer), file, at);
      at += 8 * count;
      let used = 0;
      const unfolded = (written: WrittenValue): PartValue | Float64Array => {
        if (typeof written !== 'number') return written;
        used += written;
        return numbers.subarray(used - written, used);
      };
      let before: Record<string, WrittenValue> = {};
      yield {
        ...others,
        parts: parts.map(([id, row, values, table, places]) => {
          before = values ?? before;
          const own: Record<string, PartValue | Float64Array> = {};
          for (const name in before) own[name] = unfolded(before[name]!);
          return { id, row, ...(table != null && { table }), ...(places && { places }), values: own };
        }),
      };
    }
  } finally {
    await file.close();
  }
}

/** All that a parts file lists. */
export async function readPartsFile(path: string): Promise<PartsFile> {
  const modalities: string[] = [];
  const emptied: EmptiedRow[] = [];
  const parts: PartRecord[] = [];
  const problems: ImportProblem[] = [];
  for await (const slice of partsInSlices(path)) {
    modalities.push(...(slice.modalities ?? []));
    emptied.push(...(slice.emptied ?? []));
    for (const { values, ...part } of slice.parts)
      parts.push({ ...part, values: Object.fromEntries(Object.entries(values).map(asRecorded)) });
    problems.push(...(slice.problems ?? []));
  }
  return { modalities, emptied, parts, problems };
}

function asRecorded([name, value]: [string, PartValue | Float64Array]): [string, PartValue] {
  return [name, value instanceof Float64Array ? Array.from(value) : value];
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, await readInto(bytes, file, at));
}

/** Fills bytes with those of a file from a place on. @returns how many there were */
async function readInto(bytes: Uint8Array, file: FileHandle, at: number): Promise<number> {
  let read = 0;
  for (; read < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, at + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return read;
}
