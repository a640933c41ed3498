import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentOf } from '../../../training/data/file-content.ts';
import { isTable } from '../../../training/data/manifest/together/folder-tables.ts';
import { problemFileStart } from '../../../training/data/problem-file-start.ts';

/** File of a watched folder. */
interface ListedFile {
  /** Relative to the folder, with slashes. */
  readonly file: string;
  /** The same with size and time: what is not the same file any more has another line. */
  readonly line: string;
}

/** What lies in a watched folder, by name. */
export interface FolderListing {
  readonly files: readonly ListedFile[];
  /** Files whose names say that a program is still writing or fetching them, links and folders not among them. */
  readonly underway: readonly ListedFile[];
  /** All lines of the files: equal where nothing changed. */
  readonly text: string;
}

/** Names of what programs write under another name first: downloads, copies, rsync's `.name.Ab12Cd`. */
const isUnderway =
  /\.(tmp|temp|part|partial|crdownload|opdownload|download|filepart|aria2)$|(^|\/)\.[^/]+\.[a-z\d]{6}$/i;
/** Programs' own files, locks of open workbooks among them, and lists of problems that were saved here. */
const isOwn = new RegExp(`(^|/)([.~]|${problemFileStart})`, 'i');

/** True for what is never imported from a watched folder: programs' own files, and files that are underway. */
export function isHidden(path: string): boolean {
  const name = path.replaceAll(sep, '/');
  return isOwn.test(name) || isUnderway.test(name);
}

/** Files of a folder; undefined where it cannot be read. */
export async function listFolder(folder: string): Promise<FolderListing | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (!names) return undefined;
  const [files, underway]: [ListedFile[], ListedFile[]] = [[], []];
  for (const name of names.map((own) => own.replaceAll(sep, '/')).toSorted()) {
    const list = isUnderway.test(name) ? underway : isOwn.test(name) ? undefined : files;
    const line = list && (await lineOf(folder, name));
    if (line !== undefined) list!.push({ file: name, line });
  }
  return { files, underway, text: files.map(({ line }) => line).join('\n') };
}

/** Line of one file, as a listing has it; undefined where there is no such file in the folder. */
export async function lineOf(folder: string, file: string): Promise<string | undefined> {
  const path = join(folder, file);
  const found = relative(folder, path).startsWith('..') ? undefined : await stat(path).catch(() => undefined);
  return found?.isFile() ? `${file}\t${found.size}\t${found.mtimeMs}` : undefined;
}

/**
 * Hashes what folders hold: tables by their contents, other files by name, size and time. What was read last is remembered by
 * its listing.
 */
export function contentsHasher(): (folder: string, listing: FolderListing) => Promise<string> {
  let last = { listing: '', hash: '' };
  return async (folder, { files, text }) => {
    const listing = `${folder}\n${text}`;
    if (last.listing === listing) return last.hash;
    const hash = createHash('sha256');
    for (const { file, line } of files) hash.update(isTable(file) ? await hashOf(folder, file) : `${line}\n`);
    last = { listing, hash: hash.digest('hex') };
    return last.hash;
  };
}

async function hashOf(folder: string, file: string): Promise<string> {
  const own = createHash('sha256');
  for await (const piece of contentOf(join(folder, file))) own.update(piece);
  return `${file}\t${own.digest('hex')}\n`;
}
