import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Loaded before a program (`node --import`): Node keeps what it compiles beside the libraries, so that the program, and
 * every process that it starts, needs half to two thirds of the time to start from the second time on. Where the folder
 * cannot be written, nothing is kept.
 */
const folder = fileURLToPath(new URL('../node_modules/.cache/node-compile', import.meta.url));
process.env.NODE_COMPILE_CACHE ??= folder;
enableCompileCache(process.env.NODE_COMPILE_CACHE);
