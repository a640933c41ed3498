import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with its parents, one by one: Node's own recursion never ends where a file system denies that a parent
 * exists.
 * @param mode of each folder that it makes
 * @throws the file system's error
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  const isThere = () => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (thrown) {
    // Another program may have been quicker.
    if (!isThere()) throw thrown;
  }
}
