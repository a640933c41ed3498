import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder that a person looks in for a file that a program saved; never one of data, where it would be taken for some. */
export function saveFolder(): string {
  const usual = ['Downloads', 'Documents']
    .map((name) => join(homedir(), name))
    .find((path) => existsSync(path));
  return usual ?? homedir();
}
