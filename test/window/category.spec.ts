import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { materialFolder } from '../main/support/material-plant.ts';
import { type App, expect, startApp, test } from './support/app.ts';

/** What an operator sees of a material: written, reconstructed, explained, exchanged in thought. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: App;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await startApp(await materialFolder(await mkdtemp(join(tmpdir(), 'fedrecon-window-'))));
  page = await browser.newPage();
  await page.goto(app.address);
  await page.getByRole('button', { name: 'English' }).click();
});
test.afterAll(async () => {
  await page?.close();
  await app?.close();
});

test('a reconstructed material is its likeliest value, with the shares of the others', async () => {
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.getByRole('combobox', { name: 'Reconstructed', exact: true }).selectOption('material');
  const shown = page.locator('figure.reconstructed').first();
  await expect(shown).toContainText('Likely values');
  await expect(shown).toContainText(/steel|brass|plastic/);
  await expect(shown).toContainText('%');
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
