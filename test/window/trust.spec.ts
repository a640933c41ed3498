import type { Page } from '@playwright/test';
import { trustedFolder } from '../main/support/trusted.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** Reconstructions that plants with the truth have calibrated. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, trustedFolder);
  page = app.page;
  await go(page, 'Review');
});
test.afterAll(() => app?.close());

const verdict = () => page.locator('[data-verdict]');

test('what is no ground comes first, and says which instrument is strange', async () => {
  await expect(verdict()).toHaveAttribute('data-verdict', 'no-ground');
  await expect(page.locator('.verdict')).toContainText('No ground');
  await expect(page.getByText(/unlike all that was learned/)).toBeVisible();
});

test('the others say how likely they are within the tolerance, on how many parts that was counted, and what the range holds', async () => {
  await page.keyboard.press('ArrowRight');
  await expect(verdict()).toHaveAttribute('data-verdict', 'check');
  await expect(page.getByText(/rests on words alone/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(verdict()).toHaveAttribute('data-verdict', 'use');
  await expect(page.getByText(/likely to be within/)).toBeVisible();
  await expect(page.getByText(/rests on words alone/)).toBeHidden();
  await page.getByText(/Counted on 240 parts of 2 plants/).click();
  await expect(page.getByText(/holds 90.* held 91.* worst plant 89/)).toBeVisible();
});

test('an engineer, and nobody before, sets tolerance and thresholds beside the risk that they leave, and the log keeps it', async () => {
  await page.getByRole('button', { name: 'Set limits' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tolerance and thresholds' });
  await expect(dialog.getByText(/1 may be used, 1 to check, 1 no ground/)).toBeVisible();
  await expect(dialog.getByRole('img')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Set', exact: true })).toBeDisabled();
  const asking = page.getByRole('dialog', { name: 'Who is working at this workstation?' });
  const name = async (role: string) => {
    await dialog.getByRole('button', { name: 'Say who is working' }).click();
    await asking.getByRole('textbox', { name: 'Name' }).fill('Lan');
    await asking.getByText(role).click();
    await asking.getByRole('button', { name: 'That is me' }).click();
    await expect(asking).toBeHidden();
  };
  await name('Operator');
  await expect(
    dialog.getByText('The plan does not let your role set tolerance and thresholds'),
  ).toBeVisible();
  await name('Quality engineer');
  await dialog.getByRole('spinbutton', { name: 'Tolerance %' }).fill('40');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog.getByText(/2 may be used, 0 to check, 1 no ground/)).toBeVisible();
  await page.keyboard.press('Escape');
  await go(page, 'Log');
  await expect(page.getByText('Tolerance and thresholds set')).toBeVisible();
});
