import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setGlobalProxyFromEnv } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Path of Electron's program, or the reason why it cannot be used here, as the end of a sentence. */
type ElectronBinary = { readonly path: string } | { readonly reason: string };

/** Longest time for the download: enough for 120 MB over a slow line, short enough not to look frozen for ever. */
const fetchLimit = 5 * 60_000;
const answerLimit = 5_000;
const firstRunLimit = 20_000;

/**
 * Looks for Electron's program and fetches it where its package has not done so yet. Every step is bounded
 * in time, so that a closed network costs seconds.
 * @param say told about the download before it begins
 */
export async function findElectron(say: (line: string) => void): Promise<ElectronBinary> {
  const obstacle = obstacleToWindows(process.platform, process.env, process.getuid?.());
  if (obstacle) return { reason: obstacle };
  const folder = packageFolder();
  if (!folder) return { reason: 'the package "electron" is not installed' };
  if (!installedPath(folder)) {
    if (!(await answers(downloadAddress(process.env))))
      return { reason: 'its program is not here and cannot be downloaded from this network' };
    say('Fetching Electron (about 120 MB, once; npm start -- --browser does without it) …');
    if (!(await succeeds(process.execPath, [join(folder, 'install.js')], fetchLimit)))
      return { reason: 'its program could not be downloaded' };
  }
  const path = installedPath(folder);
  if (!path) return { reason: 'its program is missing after the download' };
  if (!(await succeeds(path, ['--version'], firstRunLimit)))
    return { reason: 'its program does not run on this machine (a system library may be missing)' };
  return { path };
}

/** Reason why no Electron window can be opened, whatever is installed; undefined where one can. */
export function obstacleToWindows(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  user: number | undefined,
): string | undefined {
  if (platform !== 'linux') return undefined;
  if (user === 0) return 'Chromium has no sandbox under root, and this app does not run without one';
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'there is no display';
  return undefined;
}

/** Address that Electron's package downloads its program from. */
export function downloadAddress(environment: NodeJS.ProcessEnv): string {
  return (
    environment.ELECTRON_MIRROR ??
    environment.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/'
  );
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** Path of the program as Electron's package notes it; undefined before it was fetched. */
function installedPath(folder: string): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const path = join(dist, readFileSync(note, 'utf8'));
  return existsSync(path) ? path : undefined;
}

/** True when a server answers at all; through the proxy that the environment names, if any. */
async function answers(address: string): Promise<boolean> {
  const restore = setGlobalProxyFromEnv();
  try {
    await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(answerLimit),
    });
    return true;
  } catch {
    return false;
  } finally {
    restore();
  }
}

async function succeeds(program: string, parameters: string[], limit: number): Promise<boolean> {
  const child = spawn(program, parameters, { stdio: 'ignore', timeout: limit, killSignal: 'SIGKILL' });
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } catch {
    return false;
  }
}
