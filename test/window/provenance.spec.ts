import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { reviewedFolder } from '../main/support/reviewed.ts';
import { type App, expect, startApp, test } from './support/app.ts';
import { expectPartOnShow, go } from './support/go.ts';

/** A plant after its rounds: who works there, what the plan forbids, what is written down. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: App;
let page: Page;
let exports: string;

test.beforeAll(async ({ browser }) => {
  exports = await mkdtemp(join(tmpdir(), 'fedrecon-exports-'));
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-window-'));
  app = await startApp(await reviewedFolder(folder, { policy: { retentionDays: 30 } }));
  page = await browser.newPage();
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
});

test.afterAll(async () => {
  await page?.close();
  await app?.close();
  await rm(exports, { recursive: true, force: true });
});

test('the plan says in plain words who may do what with reconstructions, and for how long', async () => {
  await page.getByRole('button', { name: 'Show the plan' }).click();
  const plan = page.getByRole('dialog');
  await expect(plan).toContainText('Operator, Quality engineer, and Administrator');
  await expect(plan).toContainText('which part to look at first (triage)');
  await expect(plan).toContainText('Not for final acceptance');
  await expect(plan).toContainText('30 days, then this workstation deletes them; the log stays');
  await page.keyboard.press('Escape');
});

test('the banner stands over the review in both languages', async () => {
  await go(page, 'Review');
  await expect(page.getByText('Not for final acceptance')).toBeVisible();
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByText('最終検査には使えません')).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
});

test('an export waits until someone who may has said who they are', async () => {
  await expectPartOnShow(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 3 decided')).toBeVisible();
  await page.getByRole('button', { name: 'Export …' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(exports);
  const write = page.getByRole('button', { name: 'Write the files' });
  await expect(write).toBeDisabled();
  await expect(page.getByText('Nobody has said who is working here')).toBeVisible();
  expect(await readdir(exports)).toEqual([]);

  await page.getByRole('button', { name: 'Say who is working' }).click();
  await expect(page.getByText('A name alone is no proof')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Nguyen Lan');
  await page.getByText('Quality engineer', { exact: true }).click();
  await page.getByRole('button', { name: 'That is me' }).click();
  await expect(page.getByRole('button', { name: 'Working here: Nguyen Lan, Quality engineer' })).toHaveText(
    'NL',
  );

  await write.click();
  await expect(page.getByText(/1 reconstruction is in .*fedrecon-camera-/)).toBeVisible();
  await page.keyboard.press('Escape');
  const [made] = await readdir(exports);
  expect(await readdir(join(exports, made!))).toEqual(['00001-A.png', 'manifest.json']);
});

test('the log shows it all, newest first, verified, and finds words in either language', async () => {
  await go(page, 'Log');
  await expect(page.getByRole('heading', { name: 'Log verified' })).toBeVisible();
  const actions = page.locator('tbody td:nth-child(4)');
  await expect(actions).toHaveText(['Export finished', 'Export begun', 'Began to work here', 'Accepted']);
  await page.getByRole('button', { name: 'Details 1' }).click();
  await expect(page.getByText('decision.accept')).toBeVisible();
  await expect(page.getByText('Fingerprint of what it concerns')).toBeVisible();
  await page.getByRole('button', { name: '日本語' }).click();
  await page.getByRole('textbox', { name: '検索' }).fill('書き出し');
  await expect(actions).toHaveText(['書き出しを完了', '書き出しを開始']);
  await page.getByRole('textbox', { name: '検索' }).fill('');
  await page.getByRole('button', { name: 'English' }).click();
});

test('an auditor is given a file, and the writing of it is in the log', async () => {
  await page.getByRole('button', { name: 'Export for an auditor' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(exports);
  await page.getByRole('button', { name: 'Write the file' }).click();
  await expect(page.getByText(/5 entries were written to .*\.jsonl/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('tbody td:nth-child(4)').first()).toHaveText('Log exported');
  await expect(page.getByText('5 entries, each as it was written.')).toBeVisible();
});

test('nothing scrolls sideways, and every control is large enough for gloves', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  const small = await page
    .locator('button:visible, input:visible, nav a:visible')
    .evaluateAll(
      (controls) => controls.filter((control) => control.getBoundingClientRect().height < 44).length,
    );
  expect(small).toBe(0);
});
