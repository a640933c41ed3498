import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What the browser host keeps in its data folder, whose owner alone can read it. */
const hostNote = z.object({
  /** Port of the window's address, which stays the same so that a bookmark does. */
  port: z.int().min(1).max(65_535),
  /** Secret that the program started a second time shows to be given a link; absent while no host runs. */
  secret: z.string().min(32).optional(),
});

type HostNote = z.output<typeof hostNote>;

const pathIn = (dataFolder: string) => join(dataFolder, 'browser-host.json');

/** The note of a data folder; undefined where there is none that can be read. */
export async function readHostNote(dataFolder: string): Promise<HostNote | undefined> {
  try {
    return hostNote.parse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes the note, or a new one over it. @throws the file system's error */
export async function writeHostNote(dataFolder: string, note: HostNote): Promise<void> {
  await writePrivately(pathIn(dataFolder), JSON.stringify(note));
}

/** Writes a file that nobody but its owner can read, at no moment. @throws the file system's error */
export async function writePrivately(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600 });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}
