import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlant } from '../main/support/plants.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';

let root: string;
test.beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fedrecon-pilot-spec-'));
  await writePlant(join(root, 'plant'), ['camera', 'gauge', 'note'], 60);
});
test.afterAll(() => rm(root, { recursive: true, force: true }));

test('before joining anything, a folder is judged, the check can be stopped, and the page is saved', async ({
  page,
  app,
}) => {
  await page.goto(app.address);
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Pilot check');
  const start = page.getByRole('button', { name: 'Run the check' });
  await expect(start).toBeDisabled();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(join(root, 'plant'));
  await page.getByRole('spinbutton', { name: 'Minutes of training' }).fill('60');
  await start.click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(start).toBeEnabled();

  await page.getByRole('spinbutton', { name: 'Minutes of training' }).fill('0.03');
  await page.getByRole('textbox', { name: 'Line, Mbit/s' }).fill('2');
  await start.click();
  const verdict = page.getByRole('region', { name: 'Recommendation' });
  await expect(verdict).toContainText('Rules not met');
  await expect(page.getByText('60 parts; 60 (100 %) have all 3 measurements')).toBeVisible();
  await expect(page.getByRole('cell', { name: '2 Mbit/s', exact: true })).toBeVisible();
  const picture = page.getByRole('img', { name: /^camera 1$/ });
  await expect(picture).toHaveJSProperty('complete', true);
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  await page.getByRole('textbox', { name: /Save the page/ }).fill(root);
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(page.getByText(/Saved: .*fedrecon-pilot-plant-en\.pdf/)).toBeVisible();
  expect(await readdir(root)).toContain('fedrecon-pilot-plant-en.pdf');

  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { name: '推奨の基準' })).toBeVisible();
});

test('a folder that holds no table is answered with a cure', async ({ page, app }) => {
  await page.goto(app.address);
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Pilot check');
  const bare = join(root, 'bare');
  await mkdir(bare);
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(bare);
  await page.getByRole('button', { name: 'Run the check' }).click();
  await expect(page.getByRole('alert')).toContainText('manifest-missing');
});
