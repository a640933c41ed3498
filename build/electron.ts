import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { builtAt, newestOf, project } from './freshness.ts';

/** Command `node build/electron.ts [--force]`: bundles the Electron host if a source is newer than the last bundle. */
const out = fileURLToPath(new URL('./out/electron', import.meta.url));
const sources = ['main', 'protocol', 'training', 'build/electron.ts', 'package.json'];

const common = {
  absWorkingDir: project,
  outdir: out,
  bundle: true,
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  logLevel: 'warning',
} as const;

if (process.argv.includes('--force') || newestOf(sources) > builtAt(`${out}/main.js`)) {
  console.log('Bundling the Electron host …');
  // Libraries stay in node_modules: some carry native files, and all stay as they were tested.
  await build({
    ...common,
    format: 'esm',
    packages: 'external',
    entryPoints: {
      main: 'main/electron/main.ts',
      training: 'training/process/main.ts',
      pictures: 'training/cells/images/reader/picture-process.ts',
    },
  });
  // A sandboxed preload script can load nothing, so it is one CommonJS file.
  await build({
    ...common,
    format: 'cjs',
    external: ['electron'],
    outExtension: { '.js': '.cjs' },
    entryPoints: { preload: 'main/electron/preload.ts' },
  });
}
