import type { Page } from '@playwright/test';
import { shapeFolder } from '../main/support/shape-plant.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** What an operator sees of six unlike channels of a shape. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, shapeFolder);
  page = app.page;
});
test.afterAll(() => app?.close());

test('channels stand one under the other, each with its value, unit and range, and a caution names the weak one', async () => {
  await go(page, 'Review');
  await page.getByRole('combobox', { name: 'Reconstructed', exact: true }).selectOption('shape');
  const shown = page.getByRole('table', { name: 'Reconstructed: Shape' });
  await expect(shown.getByRole('row')).toHaveCount(7);
  await expect(shown.getByRole('row', { name: /^area/ })).toContainText(/[\d,]{4,} px/);
  await expect(shown.getByRole('row', { name: /^distance/ })).toContainText(/(99,999|100,00[01])(\.\d+)? nm/);
  await expect(shown.getByRole('row', { name: /^holes/ })).toContainText(/−?\d(\.\d+)? – \d/);
  await expect(page.getByText(/lot: this model says no more of it than the mean/)).toBeVisible();
});

test('one channel is asked about by its name', async () => {
  await page.keyboard.press('e');
  await expect(page.getByRole('region', { name: 'What if …' })).toBeVisible();
  const choice = page.getByRole('combobox', { name: 'Ask about a channel' });
  await choice.selectOption('holes');
  await expect(choice).toHaveValue('1');
  await expect(page.getByText(/marked place|raises/).first()).toBeVisible();
});

test('a channel that was measured is moved in its own unit', async () => {
  await page.getByRole('combobox', { name: 'Reconstructed', exact: true }).selectOption('camera');
  const channel = page.getByRole('combobox', { name: 'Shape: Channel' });
  await channel.selectOption('distance');
  const slider = page.getByRole('slider');
  await slider.press('ArrowRight');
  await expect(page.getByText(/changed by \+0\.01? nm/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'What if …' })).toContainText(/changes by [\d.]+ %/);
  await channel.selectOption('area');
  await slider.press('ArrowRight');
  await expect(page.getByText('changed by +88 px')).toBeVisible();
});

test('the card tells of each channel, the worst first', async () => {
  await go(page, 'Models');
  await page.getByRole('button', { name: 'Figures for engineers' }).click();
  const figures = page.getByRole('table').filter({ hasText: 'R²' });
  await expect(figures.getByRole('row').nth(1)).toContainText(/lot.*no better than the mean/);
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(figures.getByRole('row').nth(1)).toContainText('平均値より良くない');
});
