import { open, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** How another program has a file open: to write at its end alone, or anywhere. */
export type OpenWriter = 'appends' | 'writes';

/** Bits of a file descriptor's flags on Linux: whether it writes, and whether only at the end (fcntl.h). */
const [accessBits, appendBit] = [0o3, 0o2000] as const;

/**
 * Files that a program of this computer has open for writing, as far as the system tells: on Linux, of programs of the same
 * account (of all, for root), by the table of processes; on Windows, by whether the file can be opened for writing beside them.
 * Of a program on another computer that writes over the network, nothing tells.
 */
export function openWriters(paths: readonly string[]): Promise<ReadonlyMap<string, OpenWriter>> {
  if (paths.length === 0) return Promise.resolve(new Map());
  if (process.platform === 'linux') return writersInProcessTable(paths);
  if (process.platform === 'win32') return writersThatShareNothing(paths);
  return Promise.resolve(new Map());
}

async function writersInProcessTable(paths: readonly string[]): Promise<ReadonlyMap<string, OpenWriter>> {
  const byName = Map.groupBy(paths, (path) => basename(path));
  const found = new Map<string, OpenWriter>();
  // A process may end while it is looked at, and others may not be looked at.
  const nothing = () => undefined;
  const look = async (folder: string, descriptor: string): Promise<void> => {
    const target = await readlink(`${folder}/fd/${descriptor}`).catch(nothing);
    const named = target === undefined ? undefined : byName.get(basename(target));
    if (!named) return;
    const told = await readFile(`${folder}/fdinfo/${descriptor}`, 'utf8').catch(() => '');
    const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(told)?.[1] ?? '0', 8);
    if ((flags & accessBits) === 0) return;
    const held = await stat(`${folder}/fd/${descriptor}`).catch(nothing);
    for (const path of named) {
      const own = await stat(path).catch(nothing);
      if (!held || !own || held.dev !== own.dev || held.ino !== own.ino) continue;
      const isAppending = (flags & appendBit) !== 0 && found.get(path) !== 'writes';
      found.set(path, isAppending ? 'appends' : 'writes');
    }
  };
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const descriptors = await readdir(`/proc/${name}/fd`).catch(() => []);
    await Promise.all(descriptors.map((descriptor) => look(`/proc/${name}`, descriptor)));
  }
  return found;
}

/** Opens each file for writing, and writes nothing: that fails beside a program that lets no other write. */
async function writersThatShareNothing(paths: readonly string[]): Promise<ReadonlyMap<string, OpenWriter>> {
  const found = new Map<string, OpenWriter>();
  for (const path of paths)
    try {
      await (await open(path, 'r+')).close();
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EBUSY') found.set(path, 'writes');
    }
  return found;
}
