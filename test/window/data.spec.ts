import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { settingNames } from '../../main/services/context.ts';
import { openStore } from '../../main/store/store.ts';
import { writePlant } from '../main/support/plants.ts';
import { promisedFolder } from '../main/support/promised.ts';
import { expectAccessible } from './support/accessible.ts';
import { type App, expect, startApp, test } from './support/app.ts';
import { go } from './support/go.ts';
import { press } from './support/keyboard.ts';

/** The data of a plant: imported again, searched, taken back, deleted. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: App;
let page: Page;
let root: string;

test.beforeAll(async ({ browser }) => {
  root = await mkdtemp(join(tmpdir(), 'fedrecon-data-'));
  await writePlant(join(root, 'second'), ['camera', 'gauge'], 24, 'LOT-', 5);
  // Three parts that are here already: measured anew, empty, and not readable.
  const manifest = join(root, 'second', 'parts.csv');
  const rows = (await readFile(manifest, 'utf8')).trimEnd();
  await writeFile(manifest, `${rows}\nP0,images/1.png,5 6 7 8\nP1,images/1.png,\nP2,images/1.png,1 x 3 4\n`);
  const folder = await promisedFolder(await mkdtemp(join(tmpdir(), 'fedrecon-window-')), 40);
  const store = await openStore(folder);
  // The round that is on counts the plant for what it has.
  const has = ['gauge', 'note'];
  store.settings.set(settingNames.heard, { reachable: true, state: { membership: { has, inRound: has } } });
  const waiting = [{ file: 'day 2/parts.csv', why: 'line', since: '2026-03-01T08:15:00.000Z' }];
  store.settings.set(settingNames.watch, { folder: join(root, 'gone'), waiting });
  store.close();
  app = await startApp(folder);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Data');
});

test.afterAll(async () => {
  await page?.context().close();
  await app?.close();
  await rm(root, { recursive: true, force: true });
});

const imports = () => page.getByRole('region', { name: 'Imports' });
const findings = () => page.getByRole('region', { name: 'Findings in the data' });
const parts = () => page.getByRole('region', { name: 'Parts' });
const names = () => parts().locator('tbody td:nth-child(2)');

test('the page says what is here, what is missing, and from which import', async () => {
  await expect(page.getByRole('heading', { name: 'Data · 40 parts' })).toBeVisible();
  await expect(imports()).toContainText('40 new parts, 0 known ones');
  await expect(imports()).toContainText('by Lan');
  await expect(page.getByRole('button', { name: '40 missing: show the parts without Camera' })).toBeVisible();
  await expect(names()).toHaveCount(40);
  const measurements = page.getByRole('region', { name: 'Measurements and channels' });
  await expect(measurements.getByRole('row', { name: /^Gauge .* mm 0 … 10 40$/ })).toBeVisible();
  await expect(findings()).toContainText('carry the very same note');
  await expectAccessible(page);
});

test('what is odd in the data is found by itself, and leads to the parts', async () => {
  await expect(findings()).toContainText(/40 of 40 .* parts carry the very same note: “bar at place aa”/);
  await expect(findings()).toContainText('Agree with the inspectors');
  await findings().getByRole('button', { name: 'Show P0' }).first().click();
  await expect(page.getByRole('dialog', { name: 'P0' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('an import says what it replaces and leaves before anything is written', async () => {
  await page.getByRole('button', { name: 'Connect data' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(join(root, 'second'));
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  await expect(page.getByText('24 parts are new, 3 are here already.')).toBeVisible();
  await expect(page.getByText(/^This brings Camera, which the plant did not have/)).toBeVisible();
  const gauge = page.getByRole('row', { name: /^Gauge 24 1 2 / });
  await expect(gauge).toBeVisible();
  const rule = page.getByRole('combobox', { name: 'Empty cells of Gauge' });
  await expect(rule).toHaveValue('keep');
  await rule.selectOption('remove');
  await page.getByRole('button', { name: 'Import the data' }).click();
  await expect(page.getByText('64 parts are ready.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the data' }).click();
  await expect(imports()).toContainText('24 new parts, 3 known ones');
  await expect(page.getByText(/^New at this plant: Camera/)).toBeVisible();
  await expect(imports()).toContainText('24 new · 1 replaced · 2 removed');
  await expect(findings()).toContainText('Column “gauge”: 1 of 27');
  await expect(findings()).toContainText('parts.csv, row 28');
});

test('parts are found while somebody types, and by what is missing', async () => {
  await page.getByRole('textbox', { name: 'Search' }).fill('ot-1');
  await expect(names()).toHaveCount(11);
  await page.getByRole('textbox', { name: 'Search' }).fill('p1');
  await expect(names()).toHaveText([
    'P1',
    'P10',
    'P11',
    'P12',
    'P13',
    'P14',
    'P15',
    'P16',
    'P17',
    'P18',
    'P19',
  ]);
  await page.getByRole('button', { name: '2 missing: show the parts without Gauge' }).click();
  await expect(names()).toHaveText(['P1', 'P2']);
  await parts().getByRole('button', { name: 'Show P1', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'P1' });
  await expect(dialog).toContainText('Nothing is measured any more.');
  await expect(dialog).toContainText('(parts.csv, row 27): says that nothing is measured');
  await page.keyboard.press('Escape');
});

test('problems of an import are listed, and saved as a table', async () => {
  await imports()
    .getByRole('button', { name: /problem/ })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('gauge');
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(root);
  await dialog.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(dialog.getByText(/Problems written to .*: 1$/)).toBeVisible();
  expect((await readdir(root)).filter((name) => name.startsWith('fedrecon-problems-'))).toHaveLength(1);
  await page.keyboard.press('Escape');
});

test('chosen parts are deleted, after it was said what that means', async () => {
  await page.getByRole('combobox', { name: 'Missing' }).selectOption('Any');
  await page.getByRole('combobox', { name: 'Import' }).selectOption({ index: 0 });
  await page.getByRole('textbox', { name: 'Search' }).fill('LOT-2');
  await expect(names()).toHaveCount(5);
  await page.getByRole('checkbox', { name: 'Choose LOT-2', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Choose LOT-21' }).check();
  await page.getByRole('button', { name: 'Delete … 2 chosen' }).click();
  await page.getByText('Only: Gauge').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Measurements deleted: 2; parts deleted with them: 0.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Choose LOT-2', exact: true }).check();
  await page.getByRole('button', { name: 'Delete … 1 chosen' }).click();
  await page.getByText('The parts, with everything').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Measurements deleted: 1; parts deleted with them: 1.')).toBeVisible();
  await expect(names()).toHaveText(['LOT-20', 'LOT-21', 'LOT-22', 'LOT-23']);
});

test('undoing an import says what comes back, and brings it back', async () => {
  const undo = page.getByRole('button', { name: /^Undo the import of/ }).first();
  const dialog = page.getByRole('dialog', { name: 'Undo this import?' });
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Measurements that are as they were before: 3');
  await expect(dialog).toContainText('With this the plant gives up Camera');
  await press(dialog.getByRole('button', { name: 'Undo the import' }));
  await expect(page.getByRole('heading', { name: 'Data · 40 parts' })).toBeVisible();
  await expect(names()).toHaveCount(0);
  // The button went with its import: the list has the keyboard.
  await expect(imports()).toBeFocused();
  await expect(page.getByText(/^New at this plant/)).toHaveCount(0);
  await expect(findings()).toContainText('the very same note');
  await expect(findings()).not.toContainText('Column “gauge”');
  await go(page, 'Log');
  await expect(page.locator('tbody td:nth-child(4)').first()).toHaveText('Import undone');
  await go(page, 'Data');
});

test('a folder is watched, paused and let go, with what went wrong beside it', async () => {
  const watch = page.getByRole('region', { name: 'Watched folder' });
  const waits = watch.getByRole('list', { name: 'Files that wait' });
  await expect(waits).toContainText(/waits for day 2\/parts\.csv: its last line has no end yet since .*2026/);
  await waits.getByRole('button', { name: 'Take it as it is: day 2/parts.csv' }).click();
  await expect(page.getByText('There is no file day 2/parts.csv in a watched folder here')).toBeVisible();
  await watch.getByRole('button', { name: 'Watch no more' }).click();
  await watch.getByRole('textbox', { name: 'Folder to watch' }).fill(join(root, 'nowhere'));
  await watch.getByRole('button', { name: 'Watch this folder' }).click();
  await expect(watch.getByRole('alert')).toContainText('folder-missing');
  await watch.getByRole('button', { name: 'Pause' }).click();
  await expect(watch.getByRole('list', { name: 'What watching did' })).toContainText('Paused');
  await watch.getByRole('button', { name: 'Go on' }).click();
  await watch.getByRole('button', { name: 'Watch no more' }).click();
  await expect(watch.getByRole('listitem').first()).toContainText('watching ended');
  await expect(watch.getByRole('textbox', { name: 'Folder to watch' })).toBeVisible();
});

for (const language of ['English', '日本語'])
  test(`in ${language} nothing scrolls sideways, and every control is large enough for gloves`, async () => {
    await page.getByRole('button', { name: language }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    const small = await page
      .locator('button:visible, input[type=text]:visible, select:visible, nav a:visible')
      .evaluateAll(
        (controls) => controls.filter((control) => control.getBoundingClientRect().height < 44).length,
      );
    expect(small).toBe(0);
  });

test('everything is deleted once the number of parts was typed, after it was said what goes', async () => {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Delete everything …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete all 40 parts' });
  await expect(dialog).toContainText('Gauge: 40 measurements');
  await expect(dialog).toContainText('With this the plant gives up Gauge and Note');
  const now = dialog.getByRole('button', { name: 'Delete everything' });
  await expect(now).toBeDisabled();
  await dialog.getByRole('textbox').fill('41');
  await expect(now).toBeDisabled();
  await dialog.getByRole('textbox').fill('40');
  await now.click();
  await expect(page.getByRole('button', { name: 'Look at the folder' })).toBeVisible();
});

test('a folder that was imported is watched from then on, read as it was', async () => {
  await page.getByRole('textbox', { name: 'Folder' }).fill(join(root, 'second'));
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  await page.getByRole('button', { name: 'Import the data' }).click();
  await page.getByRole('button', { name: 'Import this folder by itself from now on' }).click();
  await expect(page.getByText('The folder is imported by itself from now on.')).toBeVisible();
  await page.getByRole('link', { name: 'Overview' }).last().click();
  await go(page, 'Data');
  const watch = page.getByRole('region', { name: 'Watched folder' });
  await expect(watch).toContainText(/Watching .*second/);
  await expect(watch).toContainText(/Read as you imported it on .*20\d\d/);
});
