import type { Page } from '@playwright/test';
import { laterMeasuredFolder } from '../main/support/promised.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** Parts that were measured after they had been reconstructed. */
let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, laterMeasuredFolder);
  page = app.page;
});
test.afterAll(() => app?.close());

test('the overview says what came true of what was said, and warns where a promise is not held', async () => {
  const card = page.getByRole('region', { name: 'Promises kept' });
  await expect(card.getByText('said 82 %, came true for 80 % of the last 100 parts')).toBeVisible();
  await expect(card.getByText('held 70 % of the values of the last 50 parts; promised: 90 %')).toBeVisible();
  await expect(card.getByRole('img', { name: /held 70 %/ })).toBeVisible();
  await expect(card.getByText(/does not hold what it promises/)).toBeVisible();
  await expect(card.getByText(/wider now than it was calibrated/)).toBeVisible();
  await expect(card.getByText(/fewer parts are within the tolerance/)).toHaveCount(0);
});

test('a part’s review says that own parts count as well, and what they changed', async () => {
  await go(page, 'Review');
  await expect(
    page.getByText(/140 parts of this plant that were measured later count as well: the range is .*% wider/),
  ).toBeVisible();
});
