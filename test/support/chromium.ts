import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Browsers that Playwright can drive, by the names their packages give them. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
];

/** Paths of browsers that are not on the search path. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Arguments for Chromium: it has no sandbox under root, which is how containers run it. */
export const chromiumArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** An installed Chromium: `CHROMIUM_PATH`, else the first that is found; undefined when there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? '', ...candidates, ...places].find(isExecutable);
}

/**
 * Makes sure that a Chromium is installed; as root on Debian and its children it installs their package.
 * @throws Error that says what to do where it cannot
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    console.log('No Chromium is installed; installing the package "chromium" …');
    for (const parameters of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']])
      spawnSync('/usr/bin/apt-get', parameters, {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The window tests need Chromium, Chrome or Edge. Install one, or name one with CHROMIUM_PATH.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}
