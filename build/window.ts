import { join } from 'node:path';
import { build } from 'vite';
import { builtAt, newestOf } from './freshness.ts';
import { windowBuild, windowFolder } from './vite.config.ts';

/** Command `node build/window.ts [--force]`: builds the window if a source is newer than the last build. */
const sources = [
  'renderer',
  'main/api',
  'assets/icons',
  'build/vite.config.ts',
  'build/licences.ts',
  'package-lock.json',
];

if (process.argv.includes('--force') || newestOf(sources) > builtAt(join(windowFolder, 'index.html'))) {
  console.log('Building the window …');
  await build(windowBuild);
}
