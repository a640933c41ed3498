import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlant } from '../main/support/plants.ts';
import { expectAccessible } from './support/accessible.ts';
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
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Pilot check');
  const start = page.getByRole('button', { name: 'Run the check' });
  await expect(start).toBeDisabled();
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(join(root, 'plant'));
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  const note = page.getByRole('combobox', { name: 'What column note is' });
  await expect(note).toHaveValue('text');
  await note.selectOption('an image');
  await expect(page.getByRole('alert')).toContainText('column-kind');
  await expect(note).toHaveValue('text');
  await page.getByText('How the table is read', { exact: true }).click();
  await expect(page.getByRole('combobox', { name: /^Encoding/ })).toHaveValue('UTF-8');
  await expectAccessible(page);
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
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Pilot check');
  const bare = join(root, 'bare');
  await mkdir(bare);
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(bare);
  await page.getByRole('button', { name: 'Run the check' }).click();
  await expect(page.getByRole('alert')).toContainText('manifest-missing');
});

test('what a person says of the columns holds in the check, and thousands of columns stay in a window', async ({
  page,
  app,
}) => {
  const wide = join(root, 'wide');
  await mkdir(wide);
  const names = Array.from({ length: 400 }, (_, column) => `c${column}x`);
  const cells = (row: number) => names.map((_, column) => `v${row}q${column}`);
  const rows = Array.from({ length: 12 }, (_, row) => [`P${row}`, row * 1.5, ...cells(row)].join(';'));
  await writeFile(join(wide, 'parts.csv'), `${['id', 'w', ...names].join(';')}\n${rows.join('\n')}\n`);
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Pilot check');
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(wide);
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  const columns = page.getByRole('combobox', { name: /^What column/ });
  await expect(columns).toHaveCount(100);
  const table = page.getByRole('table').filter({ has: columns.first() });
  expect((await table.locator('..').boundingBox())!.height).toBeLessThan(430);
  await page.getByRole('button', { name: 'Show more columns (302 left)' }).click();
  await expect(columns).toHaveCount(200);
  await page.getByRole('textbox', { name: 'Folder', exact: true }).fill(`${wide}r`);
  await expect(columns).toHaveCount(0);
});
