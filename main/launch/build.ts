import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const project = new URL('../../', import.meta.url);

/** Folder of the built window. */
export const windowFolder = fileURLToPath(new URL('build/out/renderer', project));

/**
 * Runs a build script of this project, which does nothing when its result is newer than its sources.
 * @throws Error if it fails
 */
export async function build(script: 'window' | 'electron'): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`build/${script}.ts`, project))], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The ${script} could not be built; its errors stand above.`);
}
