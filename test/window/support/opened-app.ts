import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startApp } from './app.ts';

/** Window in English on an app of its own, for tests that build on each other. */
export interface OpenedApp {
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens a window on a data folder. @param fill makes the data folder that is used, in an empty folder */
export async function openedApp(
  browser: Browser,
  fill: (folder: string) => Promise<string>,
): Promise<OpenedApp> {
  const app = await startApp(await fill(await mkdtemp(join(tmpdir(), 'fedrecon-window-'))));
  const page = await browser.newPage();
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  return {
    page,
    async close() {
      await page.close();
      await app.close();
    },
  };
}
