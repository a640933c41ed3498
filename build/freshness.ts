import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));

/** Time of a build's last result in milliseconds; 0 before the first. */
export function builtAt(result: string): number {
  return statSync(result, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Time of the last change in files and folders of the project, in milliseconds. */
export function newestOf(sources: readonly string[]): number {
  return Math.max(...sources.map((source) => newest(join(project, source))));
}

function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
