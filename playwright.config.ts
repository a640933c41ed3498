import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './test/support/chromium.ts';

const chromium = findChromium();

/** The window in a real Chromium, over the browser host and a real workstation. */
export default defineConfig({
  testDir: 'test/window',
  // One browser and one workstation at a time: two cores are the smallest machine this must run on.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: chromiumArguments,
    },
  },
});
