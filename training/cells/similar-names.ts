import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';

/** Files of larger folders are not all looked at: a wrong name must not cost a walk through an archive. */
const mostLooked = 200_000;

/** How much two names may differ and still mean the same file, the least first. */
const likenesses: readonly ((name: string) => string)[] = [
  // As other file systems and keyboards write the same: case, width, composed letters, either slash.
  plain,
  // The folder left out, or another one.
  (name) => plain(basename(name)),
  // Saved in another format.
  (name) => plain(name).replace(/\.[^./]*$/, ''),
  (name) => plain(basename(name)).replace(/\.[^.]*$/, ''),
];

/**
 * Finds the file of a folder that somebody may have meant: its name differs in case, in spelling, in its folder or in its
 * ending only, and no other does. Its files are listed once, when the first name is asked for.
 */
export function similarNames(folder: string): (name: string) => Promise<string | undefined> {
  let listed: Promise<ReadonlyMap<string, string | undefined>[]> | undefined;
  return async (name) => {
    listed ??= list(folder);
    for (const [index, known] of (await listed).entries()) {
      const found = known.get(likenesses[index]!(name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** For each likeness: what a name becomes, and the one file of that; undefined where there are several. */
async function list(folder: string): Promise<Map<string, string | undefined>[]> {
  const tables = likenesses.map(() => new Map<string, string | undefined>());
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
        table.set(key, table.has(key) ? undefined : name);
      }
    }
  }
  return tables;
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll('\\', '/');
}
