import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** The app as a person starts it: `npm start -- --browser`. */
export interface App {
  readonly address: string;
  readonly origin: string;
  readonly dataFolder: string;
  /** Everything it printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** @param used a data folder that was used before; without one, a new one */
export async function startApp(used?: string): Promise<App> {
  const dataFolder = used ?? (await mkdtemp(join(tmpdir(), 'fedrecon-window-')));
  const child = spawn(process.execPath, ['main/start.ts', '--browser', '--data', dataFolder], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    // No screen: the test's own browser opens the page.
    env: { ...process.env, NODE_OPTIONS: '', DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  const ended = once(child, 'exit');
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}: ${output}`)));
  });
  return {
    address,
    origin: new URL(address).origin,
    dataFolder,
    output: () => output,
    async close() {
      child.kill('SIGINT');
      await ended;
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Tests get an app that nobody has enrolled; those of one file share it. */
export const test = base.extend<object, { app: App }>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern.
    async ({}, use) => {
      const app = await startApp();
      await use(app);
      await app.close();
    },
    { scope: 'worker' },
  ],
});

export { expect };
