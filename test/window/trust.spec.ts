import type { Page } from '@playwright/test';
import { trustedFolder } from '../main/support/trusted.ts';
import { expectAccessible, expectFitsAtDoubleSize, focused } from './support/accessible.ts';
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

test('what decides is in sight on the screens of the floor, whatever the verdict, and what explains it scrolls', async () => {
  const decides = page.getByRole('region', { name: 'Decision' }).getByRole('button');
  for (const [width, height] of [
    [1024, 768],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const step of ['no-ground', 'check', 'use'].reverse()) {
      await expect(verdict()).toHaveAttribute('data-verdict', step);
      for (const button of await decides.all()) await expect(button).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height);
      await page.keyboard.press('ArrowLeft');
    }
    for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight');
  }
  // A picture of 8 × 8 pixels is one still, and each of its pixels is a square of whole pixels of the screen.
  const { width, height } = (await page.locator('figure.reconstructed img').boundingBox())!;
  expect([width, height]).toEqual([192, 192]);
  await page.keyboard.press('+');
  const nearer = (await page.locator('figure.reconstructed img').boundingBox())!;
  expect([nearer.width, nearer.height]).toEqual([384, 384]);
  await page.keyboard.press('0');
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

/** Presses a key, at most as often as the longest page has controls, until the control of that name has the keyboard. */
async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 60 && !name.test(await focused(page)); press++) await page.keyboard.press(key);
  expect(await focused(page)).toMatch(name);
}

test('the keyboard alone does it all, and is never lost: pages, language, theme, who is working, dialogs', async () => {
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log verified' })).toBeVisible();
  await tabTo(/^a Skip to the content$/, 'Shift+Tab');
  await tabTo(/^a Overview$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeVisible();
  await expect.poll(() => focused(page)).toMatch(/^main/);

  await tabTo(/^button Show the plan$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect.poll(() => focused(page)).toBe('button Close');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('button Show the plan');

  await tabTo(/^button 日本語$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect.poll(() => focused(page)).toBe('button 日本語');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect.poll(() => focused(page)).toBe('button English');
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toMatch(/^select Theme$/);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect.poll(() => focused(page)).toMatch(/^select Theme$/);
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'system');
});

test('who says who they are from within a dialog is back in that dialog', async () => {
  await go(page, 'Review');
  await page.getByRole('button', { name: 'Working here: Lan, Quality engineer' }).press('Enter');
  await page.getByRole('button', { name: 'Nobody' }).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('button Who is working?');

  await page.getByRole('button', { name: 'Set limits' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Tolerance and thresholds' });
  await dialog.getByRole('button', { name: 'Say who is working' }).press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).fill('Lan');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Say who is working' })).toHaveCount(0);
  // The button is gone for which the question came: what surrounded it has the keyboard, not the page behind the dialog.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('dialog')?.ariaLabel))
    .toBe('Tolerance and thresholds');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('button Set limits');
});

test('every page is accessible in both themes and needs no sideways scrolling at twice the size, in both languages', async () => {
  for (const [language, names] of [
    ['日本語', ['概要', '確認', 'モデル', 'データ', '記録', '導入前点検']],
    ['English', ['Overview', 'Review', 'Models', 'Data', 'Log', 'Pilot check']],
  ] as const) {
    await page.getByRole('button', { name: language }).click();
    for (const name of names)
      await test.step(name, async () => {
        await go(page, name);
        await expect(page.locator('main').getByRole('heading').first()).toBeAttached();
        if (language === 'English') await expectAccessible(page);
        await expectFitsAtDoubleSize(page);
      });
  }
});
