import type { Page } from '@playwright/test';
import { trustedFolder } from '../main/support/trusted.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/app.ts';
import { expectPartOnShow, go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** Ways through the queue: to one part, to some, to many. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, trustedFolder);
  page = app.page;
  await go(page, 'Review');
});
test.afterAll(() => app?.close());

const title = () => page.locator('figure.reconstructed figcaption').first();
const dialog = () => page.getByRole('dialog');

test('a part is found by a piece of its name and gone to by Enter, and the keys are off meanwhile', async () => {
  await expect(title()).toContainText('Part C');
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Name of the part' })).toBeFocused();
  await page.keyboard.type('zz');
  await expect(dialog()).toContainText('No part here is called “zz”');
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'Name of the part' }).fill('a');
  await expect(dialog().getByRole('option', { name: 'A In the queue' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(dialog()).toBeHidden();
  await expect(title()).toContainText('Part A');
  await expect(page.getByText('0 of 3 decided')).toBeVisible();
});

test('a part that was decided on is told of as such, and shown with the decided ones', async () => {
  await expectPartOnShow(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 3 decided')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only undecided' }).check();
  await expect(page.getByText(/of 2$/)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('A');
  await expect(dialog().getByRole('option', { name: /Accepted Decided already/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(title()).toContainText('Part A');
  await expect(page.getByRole('checkbox', { name: 'Only undecided' })).not.toBeChecked();
});

test('a link leads to its part, and one to a part that is not here says so', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link to part A copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/#\/review\/part\/camera\/A$/);
  await page.goto(link.replace(/A$/, encodeURIComponent('=B')));
  await expect(title()).toContainText('Part =B');
  await expect(page).toHaveURL(/#\/review$/);
  await page.goto(link.replace(/A$/, 'gone'));
  await expect(dialog()).toContainText('No part here is called “gone”');
  await page.keyboard.press('Escape');
  await expect(title()).toContainText('Part =B');
});

test('a filter leaves what fits all that it asks for, says so in chips, and is taken off one by one', async () => {
  await page.keyboard.press('l');
  await expectAccessible(page);
  await dialog().getByRole('checkbox', { name: 'May be used' }).check();
  await dialog().getByRole('checkbox', { name: 'Accepted' }).check();
  await dialog().getByRole('textbox', { name: 'Name of the view' }).fill('good ones');
  await page.keyboard.press('Enter');
  await expect(dialog().getByRole('button', { name: 'Show good ones' })).toBeVisible();
  await dialog().getByRole('button', { name: 'Show these' }).click();
  await expect(page.getByText('1 of 3 fit')).toBeVisible();
  await expect(title()).toContainText('Part A');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take off: Verdict: May be used' }).click();
  await page.getByRole('button', { name: 'Take off: Decision: Accepted' }).click();
  await expect(page.getByText(/of 3 fit/)).toHaveCount(0);
  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
});

test('a kept view is shown by its name, and what nothing fits says so and can be cleared', async () => {
  await page.keyboard.press('l');
  await dialog().getByRole('button', { name: 'Show good ones' }).click();
  await expect(page.getByText('1 of 3 fit')).toBeVisible();
  await expectPartOnShow(page);
  await page.keyboard.press('l');
  await dialog().getByRole('checkbox', { name: 'Accepted' }).uncheck();
  await dialog().getByRole('checkbox', { name: 'Rejected' }).check();
  await dialog().getByRole('button', { name: 'Show these' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing fits the filter' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(page.getByText('1 of 3', { exact: true })).toBeVisible();
});

test('many parts are shown in small, chosen by keys and by the mouse, and flagged at once', async () => {
  await page.keyboard.press('u');
  await expect(page.getByText('0 of 3 decided')).toBeVisible();
  await page.keyboard.press('g');
  const parts = page.getByRole('listbox', { name: 'Parts of the queue' });
  await expect(parts.getByRole('option')).toHaveCount(3);
  await expect(parts.locator('img')).toHaveCount(3);
  await expectAccessible(page);
  await parts.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+End');
  await expect(page.getByText('3 chosen')).toBeVisible();
  await parts.getByRole('option').nth(1).click();
  await expect(page.getByText('2 chosen')).toBeVisible();
  await page.getByRole('button', { name: 'Flag the chosen' }).click();
  await expect(dialog()).toContainText('2 parts to be flagged.');
  await dialog().getByRole('combobox', { name: 'Reason' }).selectOption('wrong-kind');
  await dialog().getByRole('button', { name: 'Flag 2 parts' }).click();
  await expect(dialog()).toContainText('2 parts decided. Undo takes all of them back.');
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await expect(parts.getByText('Flagged')).toHaveCount(2);
  await page.keyboard.press('u');
  await expect(page.getByText('Undone for 2 parts: Flagged → Not decided')).toBeVisible();
  await expect(parts.getByText('Flagged')).toHaveCount(0);
});

test('those from a confidence on are accepted after it is said how many will be wrong', async () => {
  await page.getByRole('button', { name: 'Accept from a confidence' }).click();
  await dialog()
    .getByRole('spinbutton', { name: /Confidence from/ })
    .fill('10');
  await expect(dialog()).toContainText('2 parts to be accepted.');
  await expect(dialog()).toContainText(/of them are expected to be beyond the tolerance/);
  await expect(dialog()).toContainText('less certain or without ground: 1 part.');
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Accept 2 parts' }).click();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('2 of 3 decided')).toBeVisible();
  await page.getByRole('button', { name: '2 of 3 decided' }).click();
  await expect(dialog().getByRole('row').nth(1)).toContainText('Nobody named');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').getByRole('option').nth(2).dblclick();
  await expect(title()).toContainText('Part A');
  await expect(page.getByText('✓ Accepted')).toBeVisible();
});

test('a key is given another action on this workstation, one that is taken is refused, and all are set back', async () => {
  await page.goto(new URL('/#/settings', page.url()).href);
  const keys = page.getByRole('region', { name: 'Keys' });
  await keys.getByRole('button', { name: /^Flag for a second look: F/ }).click();
  await page.keyboard.press('r');
  await expect(keys.getByRole('alert')).toContainText('R is the key of “Reject” already');
  await keys.getByRole('button', { name: /^Flag for a second look: F/ }).click();
  await page.keyboard.press('k');
  await expect(keys.getByRole('button', { name: /^Flag for a second look: K/ })).toBeVisible();
  await expectAccessible(page);
  await go(page, 'Review');
  await expectPartOnShow(page);
  await expect(title()).toContainText('Part A');
  const decide = page.getByRole('region', { name: 'Decision' });
  await expect(decide.getByRole('button', { name: 'Flag K' })).toHaveAttribute('title', 'Flag (K)');
  await page.keyboard.press('f');
  await expect(decide).toContainText('✓ Accepted');
  await page.keyboard.press('k');
  await expect(decide).toContainText('⚑ Flagged');
  await page.keyboard.press('u');
  await expect(decide).toContainText('Undone for part A: Flagged → Accepted');
  await page.goto(new URL('/#/settings', page.url()).href);
  await keys.getByRole('button', { name: 'All keys as they were at first' }).click();
  await expect(keys.getByRole('button', { name: /^Flag for a second look: F/ })).toBeVisible();
});

test('Shift and the arrows move a picture that is zoomed in, and no part', async () => {
  await go(page, 'Review');
  await expectPartOnShow(page);
  const before = await title().textContent();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  const picture = page.locator('figure.reconstructed .moves img');
  const left = async () => (await picture.boundingBox())!.x;
  const [middle] = [await left()];
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(left).toBeLessThan(middle);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(left).toBe(middle);
  expect(await title().textContent()).toBe(before);
});
