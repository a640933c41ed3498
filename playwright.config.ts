import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './test/support/chromium.ts';

const chromium = findChromium();

/** Timeouts catch what hangs, and nothing else: the slowest machine under load is far from ten minutes. */
const hang = 600_000;

/** Specs that take longest, the longest first: one that begins last keeps a core waiting for it. */
const longest = ['story', 'bridge', 'models'].map((name) => `${name}.spec.ts`);

/** The window in a real Chromium, over the browser host and a real workstation. */
export default defineConfig({
  testDir: 'test/window',
  globalSetup: './test/window/support/temporary-folder.ts',
  // Two browsers with a workstation each: two cores are the smallest machine this must run on.
  workers: 2,
  projects: [
    ...longest.map((spec) => ({ name: spec.replace('.spec.ts', ''), testMatch: spec })),
    { name: 'window', testIgnore: longest },
  ],
  timeout: hang,
  expect: { timeout: hang / 2 },
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
