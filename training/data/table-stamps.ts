import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tablesIn } from './manifest/together/folder-tables.ts';

/**
 * Looks at the tables of an import before they are read, in more than one pass: what another program writes between two would be
 * read half in its old and half in its new state.
 * @param path table, or folder whose tables are read together
 * @returns names, later, a table that was changed or put in another's place since; one that went was read before it did
 */
export async function tableStamps(path: string): Promise<() => Promise<string | undefined>> {
  const isFolder = (await stat(path)).isDirectory();
  const paths = isFolder ? (await tablesIn(path)).tables.map((name) => join(path, name)) : [path];
  const before = new Map<string, string | undefined>();
  for (const one of paths) before.set(one, await stampOf(one));
  return async () => {
    for (const [one, stamp] of before) {
      const now = await stampOf(one);
      if (now !== undefined && now !== stamp) return basename(one);
    }
    return undefined;
  };
}

/** What is different after a file was written or replaced; undefined where there is none. */
async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && [found.ino, found.size, found.mtimeNs].join(' ');
}
