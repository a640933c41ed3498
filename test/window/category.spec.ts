import type { Page } from '@playwright/test';
import { calibratedMaterialFolder } from '../main/support/material-plant.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** What an operator sees of a material: written, reconstructed, explained, exchanged in thought. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, calibratedMaterialFolder);
  page = app.page;
});
test.afterAll(() => app?.close());

test('a reconstructed material is its likeliest value, with the shares of the others', async () => {
  await go(page, 'Review');
  await page.getByRole('combobox', { name: 'Reconstructed', exact: true }).selectOption('material');
  const shown = page.locator('figure.reconstructed').first();
  await expect(shown).toContainText('Likely values');
  await expect(shown).toContainText('steel');
  await expect(shown).toContainText('%');
});

test('what is said of its error is the share of the true value, and so is the tolerance that is typed', async () => {
  await expect(page.getByText(/likely that the true value has a share of \d+ % or more/)).toBeVisible();
  await expect(page.getByText('Expected share of the true value 70 %')).toBeVisible();
  await page.getByText(/Counted on 240 parts of 2 plants/).click();
  await expect(page.getByText('were within the tolerance')).toBeVisible();
  await expect(page.getByText(/The range holds/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Who is working?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Tran');
  await dialog.getByText('Quality engineer').click();
  await dialog.getByRole('button', { name: 'That is me' }).click();
  await page.getByRole('button', { name: 'Set limits' }).click();
  await dialog.getByRole('spinbutton', { name: 'Tolerance %' }).fill('60');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog.getByText('Set. It is in the log.')).toBeVisible();
  await expect(dialog.getByRole('spinbutton', { name: 'Tolerance %' })).toHaveValue('60');
  await page.keyboard.press('Escape');
  await expect(page.getByText('likely that the true value has a share of 60 % or more')).toBeVisible();
});

test('a written material is explained, and another is chosen in thought', async () => {
  await page.getByRole('combobox', { name: 'Reconstructed', exact: true }).selectOption('camera');
  const choice = page.getByRole('combobox', { name: 'Material: another value' });
  await page.keyboard.press('e');
  // Of some parts nobody wrote the material down.
  await expect(page.getByRole('region', { name: 'What if …' })).toBeVisible();
  while ((await choice.count()) === 0) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('slider')).toBeVisible();
  }
  const other = (await choice.inputValue()).startsWith('steel') ? 'plastic' : 'steel';
  await choice.selectOption(other);
  await expect(page.getByRole('region', { name: 'What if …' })).toContainText(/changes by [\d.]+ %/);
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('combobox', { name: '材質: 別の値' })).toHaveValue(other);
});
