import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { forkTrainingHost } from '../../main/jobs/fork-host.ts';
import { ended } from '../../main/services/follow.ts';
import { createWorkstation } from '../../main/services/workstation.ts';
import { parsePlan } from '../../protocol/plan.ts';
import { writePlantWithModels } from '../main/support/models.ts';
import { tinyPlan, writePlant } from '../main/support/plants.ts';
import { withTestedDevices } from '../main/support/tested-devices.ts';
import { expectAccessible, expectFitsAtDoubleSize, focused } from './support/accessible.ts';
import { type App, expect, startApp, test } from './support/app.ts';
import { expectKeyboardHeld, press, write } from './support/keyboard.ts';

/** An engineer's day with model versions: one waits, is signed, a worse one is held back, used for a reason, and left again. */
test.describe.configure({ mode: 'serial' });

const has = ['camera', 'gauge', 'note'];
const plan = parsePlan({ ...tinyPlan, evaluation: { holdOut: 0.5 }, policy: { adoption: 'signed' } });
let root: string;
let app: App;
let page: Page;

test.beforeAll(async ({ browser }) => {
  root = await mkdtemp(join(tmpdir(), 'fedrecon-window-models-'));
  const dataFolder = join(root, 'hanoi');
  await writePlantWithModels(dataFolder, plan, has, { 2: 'poor', 3: 'mean' });
  const workstation = await createWorkstation({
    ...{
      dataFolder: await withTestedDevices(dataFolder),
      trainingHost: forkTrainingHost(),
      version: 'test',
      threads: 1,
    },
  });
  const judged = new Promise<void>((resolve) => {
    workstation.subscribe((event) => {
      if (event.type === 'state' && event.state.adoption.pending) resolve();
    });
  });
  const folder = await writePlant(join(root, 'data'), has, 60, 'H', 6);
  const columns = { id: 'id', camera: 'camera', gauge: 'gauge', note: 'note' };
  await ended(workstation, () => workstation.api['data.import']({ folder, manifest: 'parts.csv', columns }));
  await judged;
  await workstation.close();
  app = await startApp(dataFolder);
  page = await browser.newPage();
  await page.goto(await app.link());
});
test.afterAll(async () => {
  await page?.close();
  await app?.close();
  await rm(root, { recursive: true, force: true });
});

const version = (number: number) => page.getByRole('button', { name: new RegExp(`^Version ${number} `) });
const dialog = () => page.getByRole('dialog');

test('the overview says that a version waits, and leads to its card', async () => {
  await expect(page.getByRole('heading', { name: 'Model version 3 waits for sign-off' })).toBeVisible();
  await page.getByRole('link', { name: 'Look at the models' }).click();
  await expect(version(3)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/Evaluated on \d+ of this plant's own parts/)).toBeVisible();
  const camera = page.getByRole('region', { name: /^Camera/ });
  await expect(camera.getByRole('row')).toHaveCount(0);
  await page.getByRole('button', { name: 'Figures for engineers' }).click();
  await expect(camera.getByRole('row', { name: /Gauge and Note/ })).toContainText('dB');
  await camera.getByText('Worst cases').click();
  await expect(camera.locator('figure.reconstructed').first()).toContainText('Reconstructed');
  await expect(camera.locator('img').first()).toBeVisible();
  await expect(page.getByRole('img', { name: 'Example of group 1' })).toBeVisible();
});

test('nobody signs without a name; an engineer does, and the version is in use', async () => {
  const sign = page.getByRole('button', { name: 'Sign off for use' });
  await expect(sign).toBeDisabled();
  await expect(page.getByText('Nobody has said who is working here')).toBeVisible();
  // Without a mouse, up to the signature.
  await press(page.getByRole('button', { name: 'Say who is working' }));
  await write(dialog().getByRole('textbox', { name: 'Name' }), 'Tran');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(dialog().getByRole('radio', { name: 'Quality engineer' })).toBeChecked();
  await press(dialog().getByRole('button', { name: 'That is me' }));
  await expect(sign).toBeEnabled();
  await expectKeyboardHeld(page);
  await press(sign);
  await expect(dialog().getByText('Signed as Tran, Quality engineer')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sign).toBeFocused();
  await page.keyboard.press('Enter');
  await press(dialog().getByRole('button', { name: 'Sign off for use' }));
  await expect(version(3)).toContainText('In use');
  await expect(page.getByText(/^Signed by Tran \(Quality engineer\)/)).toBeVisible();
  await expect(page.getByText('Signature verified')).toBeVisible();
  // The button that opened the dialog is gone with the decision; its card has the keyboard.
  await expect.poll(() => focused(page)).toMatch(/^section Version 3/);
});

test('a worse version is held back, used only for a written reason, and left with one click', async () => {
  await version(2).click();
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await expect(page.getByText('Worse than the version in use').first()).toBeVisible();
  await expect(version(2)).toContainText('Held back');
  await page.getByRole('button', { name: 'Sign off for use' }).click();
  const sign = dialog().getByRole('button', { name: 'Sign off for use' });
  await expect(sign).toBeDisabled();
  await dialog()
    .getByRole('textbox', { name: /Reason/ })
    .fill('to see it');
  await sign.click();
  await expect(version(2)).toContainText('In use');
  await version(3).click();
  await page.getByRole('button', { name: 'Go back to this version' }).click();
  await dialog().getByRole('button', { name: 'Go back to this version' }).click();
  await expect(version(3)).toContainText('In use');
  await expect(version(2)).toContainText('Was in use');
});

test('the page and its dialog are accessible, and fit the screen in both languages, drawn twice as large, too', async () => {
  for (const language of ['日本語', 'English']) {
    await page.getByRole('button', { name: language }).click();
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await expectFitsAtDoubleSize(page);
  }
  await expectAccessible(page);
  await version(2).click();
  const goBack = page.getByRole('button', { name: 'Go back to this version' });
  await goBack.press('Enter');
  await expect(dialog()).toBeVisible();
  await expectAccessible(page);
  await expectFitsAtDoubleSize(page);
  await page.keyboard.press('Escape');
  await expect(goBack).toBeFocused();
});
