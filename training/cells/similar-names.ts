import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

/** File that has nearly the name that was asked for, one of so many. */
interface SimilarFile {
  readonly name: string;
  readonly count: number;
}

/** Files of larger folders are not all looked at: a wrong name must not cost a walk through an archive. */
const mostLooked = 200_000;

/** How much two names may differ and still mean the same file, the least first. */
const likenesses: readonly ((name: string) => string)[] = [
  // As other file systems and keyboards write the same: case, width, composed letters, either slash.
  plain,
  // As addresses write blanks and other letters.
  (name) => plain(decoded(name)),
  // The folder left out, or another one.
  (name) => plain(basename(plain(decoded(name)))),
  // Saved in another format.
  (name) => plain(name).replace(/\.[^./]*$/, ''),
  (name) => plain(basename(name)).replace(/\.[^.]*$/, ''),
];

/**
 * Finds the files of a folder that somebody may have meant: their names differ in case, in spelling, in the folder or in the
 * ending only. Its files are listed once, when the first name is asked for.
 * @returns the first that is called so, and how many are
 */
export function similarNames(folder: string): (name: string) => Promise<SimilarFile | undefined> {
  let listed: Promise<ReadonlyMap<string, SimilarFile>[]> | undefined;
  return async (name) => {
    listed ??= list(folder);
    for (const [index, known] of (await listed).entries()) {
      const found = known.get(likenesses[index]!(name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** For each likeness: what a name becomes, and the files of that. */
async function list(folder: string): Promise<Map<string, SimilarFile>[]> {
  const tables = likenesses.map(() => new Map<string, SimilarFile>());
  let looked = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && looked < mostLooked; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      looked++;
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      if (!entry.isFile()) continue;
      const name = relative(folder, path).replaceAll(sep, '/');
      for (const [index, table] of tables.entries()) {
        const key = likenesses[index]!(name);
        const known = table.get(key);
        table.set(key, known ? { ...known, count: known.count + 1 } : { name, count: 1 });
      }
    }
  }
  return tables;
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
}

/** A name as a file has it that an address names: `a%20b.jpg`. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
