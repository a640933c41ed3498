import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { withTestedDevices } from '../../main/support/tested-devices.ts';
import { type App, openApp } from '../../support/app.ts';

export type { App };

/**
 * Starts an app on a data folder that goes when the app is closed.
 * @param used a data folder that was used before; without one, a new one is made
 */
export async function startApp(used?: string): Promise<App> {
  const folder = used ?? (await mkdtemp(join(tmpdir(), 'fedrecon-window-')));
  const app = await openApp(await withTestedDevices(folder));
  return {
    ...app,
    async close() {
      await app.close();
      await rm(app.dataFolder, { recursive: true, force: true });
    },
  };
}

/** Test with an app that nobody has enrolled; the tests of one file share it. */
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
