import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { promisedFolder } from '../main/support/promised.ts';
import { expectAccessible } from './support/accessible.ts';
import { type App, expect, startApp, test } from './support/app.ts';
import { go } from './support/go.ts';

/** A folder as it is understood, before anything is written: shown, corrected, and kept while the window loads again. */
test.describe.configure({ mode: 'serial' });

let app: App;
let page: Page;
let root: string;

/** Twelve bits in sixteen: a bright square, right of the middle, that is not quite white. */
function picture(index: number): Uint8Array {
  const data = new Uint16Array(32 * 24).fill(200);
  for (let row = 8; row < 16; row++)
    for (let column = 18; column < 26; column++) data[row * 32 + column] = 3900;
  data[index] = 4000;
  return encode({ width: 32, height: 24, channels: 1, depth: 16, data });
}

test.beforeAll(async ({ browser }) => {
  root = await mkdtemp(join(tmpdir(), 'fedrecon-preview-'));
  await mkdir(join(root, 'images'));
  const rows = Array.from({ length: 14 }, (_, index) => {
    const wave = [0, 1, 2, 3].map((place) => (1.5 + Math.sin(index + place)).toFixed(2)).join(' ');
    return `N${index},images/${index}.png,${index === 3 ? 'N/A' : wave},表面にきず ${index}`;
  });
  for (let index = 0; index < 14; index++)
    await writeFile(join(root, 'images', `${index}.png`), picture(index));
  await writeFile(join(root, 'images', '7.png'), 'no picture');
  await writeFile(join(root, 'other.csv'), 'name,remark\nX,in another table é\n');
  await writeFile(join(root, 'parts.csv'), `id,camera,gauge,note\n${rows.join('\n')}\n`);
  app = await startApp(await promisedFolder(await mkdtemp(join(tmpdir(), 'fedrecon-window-')), 4));
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  await page.goto(await app.link());
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Connect data' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(root);
  await page.getByRole('button', { name: 'Look at the folder' }).click();
});

test.afterAll(async () => {
  await page?.context().close();
  await app?.close();
  await rm(root, { recursive: true, force: true });
});

const lookAt = async (folder: string) => {
  await page.getByRole('button', { name: 'Connect data' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).first().fill(folder);
  await page.getByRole('button', { name: 'Look at the folder' }).click();
};
const startAfresh = async () => {
  await page.reload();
  await page.getByRole('button', { name: 'Start afresh' }).click();
  await page.reload();
};
const samples = () => page.getByRole('region', { name: /parts? as (they|it) would be imported/ });
const region = () => page.getByRole('combobox', { name: 'Region' });
/** Size of the first sample's picture, as it was decoded. */
const size = () =>
  samples()
    .locator('img')
    .first()
    .evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    });

test('ten parts are shown with their pictures decoded and their signals read', async () => {
  await expect(samples().getByRole('article')).toHaveCount(10);
  await expect(samples().getByRole('img', { name: 'N0: Gauge' })).toBeVisible();
  expect(await size()).toEqual([32, 24]);
  await expect(page.getByText('12 bits in 16')).toBeVisible();
  await expect(page.getByText('by the largest value of some images; please check')).toBeVisible();
});

test('a picture that only decoding shows to be damaged is named', async () => {
  await expect(page.getByText(/7\.png/).first()).toBeVisible();
  await expect(page.getByText('All 14 rows of the table were read.')).toBeVisible();
  await expect(page.getByText('The images of all 14 parts were opened.')).toBeVisible();
});

test('the problems are saved as a table before anything is imported', async () => {
  await page.getByRole('textbox', { name: 'Folder' }).nth(1).fill(root);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(page.getByText(/Problems written to .*: 2$/)).toBeVisible();
  // Beside the table, it is not taken for one.
  await page.getByRole('button', { name: 'Look at the folder' }).click();
  await expect(samples().getByRole('article')).toHaveCount(10);
  await expect(page.getByText('parts.csv').first()).toBeVisible();
  const [name] = (await readdir(root)).filter((one) => one.startsWith('fedrecon-problems-'));
  const table = await readFile(join(root, name!), 'utf8');
  expect(table).toContain('parts.csv,9,camera,image-unreadable,');
  // The other table is not read, and that is told.
  expect(table).toContain('parts.csv,1,,table-unread,');
  await rm(join(root, name!));
});

test('what was said of one table is not said of another, nor of one that cannot be shown', async () => {
  const encoding = page.getByRole('combobox', { name: 'Encoding' });
  const table = page.getByRole('textbox', { name: 'Table, if there are several' });
  const look = page.getByRole('button', { name: 'Look at the folder' });
  await page.getByText('How the table is read').click();
  await expect(encoding).toHaveValue('UTF-8');
  await encoding.selectOption('EUC-JP');
  await expect(samples().getByText('表面にきず 0')).toHaveCount(0);
  await look.click();
  await expect(encoding).toHaveValue('EUC-JP');
  await table.fill('other.csv');
  await look.click();
  await expect(samples().getByText('in another table é')).toBeVisible();
  await expect(encoding).toHaveValue('UTF-8');
  await table.fill('');
  await look.click();
  await expect(samples().getByText('表面にきず 0')).toHaveCount(1);
  await page.getByText('How the table is read').click();
});

test('each guess stands beside cells that show what it does', async () => {
  await page.getByText('How the table is read').click();
  await expect(page.getByText('表面にきず 0 · 表面にきず 1 · 表面にきず 2', { exact: true })).toBeVisible();
  await expect(page.getByText('Read as not measured: N/A × 1')).toBeVisible();
  await expect(page.getByText(/^1\.50 → 1\.5/).first()).toBeVisible();
});

test('pictures follow what a person says of them', async () => {
  await region().selectOption('the same rectangle of all');
  await expect.poll(size).toEqual([26, 20]);
  await page.getByRole('combobox', { name: 'Bits of a value' }).selectOption('16 bits');
  await expect(page.getByText('16 bits in 16')).toBeVisible();
});

test('what was said is kept while the window loads again, and the window says so', async () => {
  await page.getByRole('combobox', { name: 'What column note is' }).selectOption('Not used');
  await expect(samples().getByText('表面にきず 0')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('what you had entered and chosen was kept')).toBeVisible();
  await expect(region()).toHaveValue('rectangle');
  await expect(page.getByRole('combobox', { name: 'Bits of a value' })).toHaveValue('16');
  await expect(page.getByRole('combobox', { name: 'What column note is' })).toHaveValue('ignore');
  await expect(samples().getByRole('article')).toHaveCount(10);
  await page.getByRole('button', { name: 'Start afresh' }).click();
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Data · 4 parts' })).toBeVisible();
});

test('tables of several days whose numbers begin anew are asked about, and said to be other parts', async () => {
  const days = join(root, 'days');
  await mkdir(days);
  const wave = (day: number, index: number) => [day, index, 2, 3].join(' ');
  for (const day of [1, 2, 3]) {
    const rows = Array.from({ length: 10 }, (_, index) => `${index + 1},${wave(day, index)},きず`);
    await writeFile(join(days, `day${day}.csv`), `id,gauge,note\n${rows.join('\n')}\n`);
  }
  await lookAt(days);
  await expect(page.getByText('This table cannot be taken in as it stands')).toHaveCount(2);
  await expect(page.getByText(/^Many ids stand in several tables with other values/)).toBeVisible();
  const importing = page.getByRole('button', { name: 'Import the data' });
  await expect(importing).toBeDisabled();
  const ids = page.getByRole('combobox', { name: /^Part numbers/ });
  await ids.selectOption('by-table');
  await expect(samples().getByRole('article')).toHaveCount(10);
  await expect(importing).toBeEnabled();
  await startAfresh();
});

test('a table of one value a row is taken for one, and a person can name its columns', async () => {
  const long = join(root, 'long');
  await mkdir(long);
  const rows = Array.from({ length: 48 }, (_, index) => {
    const [part, time] = [Math.floor(index / 4), index % 4];
    return `L${part},${time},gauge,${part / 4 + time},${part / 2}`;
  });
  await writeFile(join(long, 'log.csv'), `id,time,channel,value,raw\n${rows.join('\n')}\n`);
  await lookAt(long);
  await expect(page.getByText('each row is one value: ')).toBeVisible();
  await expect(samples().getByRole('article')).toHaveCount(10);
  await page.getByText('How the table is read').click();
  await page.getByRole('combobox', { name: 'Value', exact: true }).selectOption('raw');
  await expect(page.getByText(/Value “raw”/)).toBeVisible();
  await startAfresh();
});

test('an id that only its cells speak for is confirmed by a person before anything is imported', async () => {
  const lots = join(root, 'lots');
  await mkdir(lots);
  const rows = Array.from({ length: 12 }, (_, index) => `${800 + index * 1.5},K${100 + index},1 2 3 4,良`);
  await writeFile(join(lots, 'parts.csv'), `furnace temp,lot,gauge,note\n${rows.join('\n')}\n`);
  await lookAt(lots);
  const importing = page.getByRole('button', { name: 'Import the data' });
  await expect(importing).toHaveAccessibleDescription(/^First confirm above that the column “lot”/);
  await expect(importing).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole('checkbox', { name: /^The column “lot” is the part’s number/ }).focus();
  await page.keyboard.press('Space');
  await expect(importing).toBeEnabled();
  await expect(importing).toHaveAccessibleDescription('');
  await startAfresh();
});

for (const language of ['English', '日本語'])
  test(`in ${language} the preview fits, and every control is large enough for gloves`, async () => {
    await page.getByRole('button', { name: language }).click();
    await page.getByRole('button', { name: /^(Connect data|データを接続)/ }).click();
    await page.locator('input[type=text]').first().fill(root);
    await page.getByRole('button', { name: /^(Look at the folder|フォルダーを調べる)$/ }).click();
    await expect(page.locator('article')).toHaveCount(10);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
    const small = await page
      .locator('button:visible, input[type=text]:visible, select:visible, summary:visible')
      .evaluateAll((controls) => controls.filter((one) => one.getBoundingClientRect().height < 44).length);
    expect(small).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: /^(Start afresh|最初からやり直す)$/ }).click();
    await page.reload();
  });
