import { type FileHandle, open } from 'node:fs/promises';
import type { LookedInto, UnfinishedEnd } from './looked-into.ts';
import { gifEnds, isBmpThere, isJpegEnded, isPngEnded, isWebpThere } from './picture-ends.ts';
import { isNumpyThere, isParquetEnded, isWaveThere, isZipEnded } from './record-ends.ts';
import { unfinishedLines, unfinishedTable } from './text-end.ts';
import { isTiffThere } from './tiff-end.ts';

const none = Promise.resolve(Buffer.alloc(0));

type Check = (file: LookedInto) => Promise<UnfinishedEnd | undefined>;

/** Kinds of files by the ending of their names, with how each tells that its end is there. */
const checks: readonly (readonly [RegExp, Check])[] = [
  [/\.(csv|tsv)$/i, ({ path }) => unfinishedTable(path)],
  [/\.(jsonl|ndjson)$/i, unfinishedLines],
  [/\.xls[xm]$/i, otherwise('end', isZipEnded)],
  [/\.parquet$/i, otherwise('end', isParquetEnded)],
  [/\.png$/i, otherwise('end', isPngEnded)],
  [/\.(jpe?g|jfif)$/i, otherwise('end', isJpegEnded)],
  [/\.gif$/i, otherwise('end', gifEnds)],
  [/\.bmp$/i, otherwise('size', isBmpThere)],
  [/\.webp$/i, otherwise('size', isWebpThere)],
  [/\.tiff?$/i, otherwise('size', isTiffThere)],
  [/\.npy$/i, otherwise('size', isNumpyThere)],
  [/\.wav$/i, otherwise('size', isWaveThere)],
];

/** True for files whose ends can be looked at. */
export function hasKnownEnd(name: string): boolean {
  return checks.some(([ending]) => ending.test(name));
}

/**
 * Looks at a file for its end. Files of other kinds, and files that cannot be read, count as whole: whoever reads them says
 * more.
 */
export async function unfinishedFile(path: string): Promise<UnfinishedEnd | undefined> {
  const check = checks.find(([name]) => name.test(path))?.[1];
  const handle = check && (await open(path).catch(() => undefined));
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    if (size === 0) return 'empty';
    const at = (offset: number, length: number) =>
      offset < size ? piece(handle, offset, Math.min(length, size - offset)) : none;
    return await check({ path, size, at });
  } finally {
    await handle.close();
  }
}

function otherwise(why: UnfinishedEnd, isWhole: (file: LookedInto) => Promise<boolean>): Check {
  return async (file) => ((await isWhole(file)) ? undefined : why);
}

async function piece(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}
