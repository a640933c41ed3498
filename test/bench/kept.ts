import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Finished work in a file of JSON lines, by a key, so that an interrupted run goes on where it was. */
export interface Kept<T> {
  find(key: string): T | undefined;
  /** One line a piece of work: a kill leaves all or nothing of it. */
  add(key: string, value: T): Promise<void>;
}

/** Opens the file, which need not exist. A line that was cut off by a kill is left out. */
export async function openKept<T>(path: string): Promise<Kept<T>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const known = new Map(text.split('\n').flatMap((line) => parse<T>(line)));
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
  return {
    find: (key) => known.get(key),
    async add(key, value) {
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, `${JSON.stringify({ key, value })}\n`);
      known.set(key, value);
    },
  };
}

function parse<T>(line: string): [string, T][] {
  try {
    const { key, value } = JSON.parse(line) as { key: string; value: T };
    return [[key, value]];
  } catch {
    return [];
  }
}
