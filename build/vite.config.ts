import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { InlineConfig } from 'vite';
import { licencesPlugin } from './licences.ts';

/** Folder of the built window; both hosts serve it. */
export const windowFolder = fileURLToPath(new URL('./out/renderer', import.meta.url));

/** Build of `renderer/` into files that a strict content security policy can serve: nothing inline. */
export const windowBuild: InlineConfig = {
  configFile: false,
  root: fileURLToPath(new URL('../renderer', import.meta.url)),
  base: '/',
  logLevel: 'warn',
  plugins: [svelte({ configFile: false }), licencesPlugin()],
  build: {
    outDir: windowFolder,
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};
