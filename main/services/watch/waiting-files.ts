import { join } from 'node:path';
import { signalEnding } from '../../../training/cells/signal-file.ts';
import { tablesIn } from '../../../training/data/manifest/together/folder-tables.ts';
import type { WaitReason } from '../../api/views.ts';
import type { FolderListing } from './folder-listing.ts';
import type { UnfinishedEnd } from './looked-into.ts';
import { type OpenWriter, openWriters } from './open-writers.ts';
import { hasKnownEnd, unfinishedFile } from './unfinished-file.ts';

/** File that is not taken as it is. */
export interface FoundWaiting {
  readonly file: string;
  /** Its line in the listing. */
  readonly line: string;
  readonly why: Exclude<WaitReason, 'picture'>;
  /** Whether the folder's tables cannot be read without it. */
  readonly isTable: boolean;
}

/** Tables whose lines stand each for itself. */
const isOfLines = /\.(csv|tsv|jsonl|ndjson)$/i;
/** Sizes at which a table was seen to end with a whole line while it was open: a copy in blocks does not end so again and again. */
const wholeSizes = 3;

/**
 * Looks through a folder for files that are still being written: by their ends, by programs that have them open, and by their
 * names. A file that was found whole is not looked at again until it changes.
 * @returns a look: `taken` are lines of the listing that a person takes as they are; `manifest` is the table, where one is named
 */
export function waitingFinder(): (
  folder: string,
  listing: FolderListing,
  taken: readonly string[],
  manifest?: string,
) => Promise<FoundWaiting[]> {
  /** Lines of listings with what was found of the files' ends. */
  const ends = new Map<string, UnfinishedEnd | undefined>();
  /** Lines of files that are whole, and that nobody had open. */
  const whole = new Set<string>();
  /** Sizes of tables that were open, by name, at which their last line was whole. */
  const sizes = new Map<string, Set<string>>();

  /** Whether a program that has a table open writes line by line: one that appends, or one whose lines were whole each time. */
  function writesLines(file: string, line: string, writer: OpenWriter): boolean {
    if (writer === 'appends') return true;
    const seen = sizes.get(file) ?? new Set();
    // The line without its time.
    sizes.set(file, seen.add(line.slice(0, line.lastIndexOf('\t'))));
    return seen.size >= wholeSizes;
  }

  return async (folder, { files, underway }, taken, manifest) => {
    const here = new Set(files.map(({ line }) => line));
    for (const line of whole) if (!here.has(line)) whole.delete(line);
    for (const line of ends.keys()) if (!here.has(line)) ends.delete(line);
    const open = files.filter(
      ({ file, line }) =>
        (hasKnownEnd(file) || signalEnding.test(file)) && !whole.has(line) && !taken.includes(line),
    );
    const tables = new Set(manifest === undefined ? (await tablesIn(folder)).tables : [manifest]);
    for (const { file, line } of open)
      if (!ends.has(line)) ends.set(line, await unfinishedFile(join(folder, file)));
    const ended = open.filter(({ line }) => ends.get(line) === undefined);
    const writers = await openWriters(ended.map(({ file }) => join(folder, file)));
    const found: FoundWaiting[] = [];
    for (const { file, line } of open) {
      const end = ends.get(line);
      const writer = writers.get(join(folder, file));
      const isTable = tables.has(file);
      // Of a table that is written line by line, only the last line can be half.
      const isHeld = writer && !(isTable && isOfLines.test(file) && writesLines(file, line, writer));
      const why = end ?? (isHeld ? 'held' : undefined);
      if (why) found.push({ file, line, why, isTable });
      else if (!writer) whole.add(line);
    }
    return [...found, ...underway.map((own): FoundWaiting => ({ ...own, why: 'name', isTable: false }))];
  };
}
