import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { windowBuild, windowFolder } from './vite.config.ts';

/** `node build/window.ts [--force]`: builds the window if a source is newer than the last build. */
const sources = ['renderer', 'main/api', 'assets/icons', 'build/vite.config.ts', 'package.json'].map((path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url)),
);

/** Time of the last change below `path`, in milliseconds. */
function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = statSync(join(windowFolder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (process.argv.includes('--force') || Math.max(...sources.map(newest)) > built) {
  console.log('Building the window …');
  await build(windowBuild);
}
