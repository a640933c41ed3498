import type { Page } from '@playwright/test';
import { expectAccessible, expectFitsAtDoubleSize } from './support/accessible.ts';
import { type App, test as base, expect, startApp } from './support/app.ts';
import { type SmallFederation, startFederation } from './support/federation.ts';
import { expectPartOnShow, go } from './support/go.ts';
import { expectKeyboardHeld, goByKeyboard, press, write } from './support/keyboard.ts';

/**
 * A plant's first day in one window: connect, join a round, stop, go on, review. The steps build on each
 * other and share one page. Up to the review, and on the pages after it, no mouse is used.
 */
const test = base;
test.describe.configure({ mode: 'serial' });

let federation: SmallFederation;
let app: App;
let page: Page;

/** Waits until the part at that place of the queue is on show. */
async function isAt(place: number): Promise<void> {
  await expect(page.getByText(/^\d+ of \d+$/)).toHaveText(new RegExp(`^${place} of`));
  await expectPartOnShow(page);
}

test.beforeAll(async ({ browser }) => {
  [federation, app] = await Promise.all([startFederation(), startApp()]);
  page = await (await browser.newContext()).newPage();
  await page.goto(await app.link());
});

test.afterEach(() => expectKeyboardHeld(page));

test.afterAll(async () => {
  await page?.context().close();
  await app?.close();
  await federation?.close();
});

test('an invitation shows the plan in plain words before anything is agreed to', async () => {
  // Pasted from a mail: with line breaks.
  const pasted = federation.invitation.replace(/(.{40})/g, '$1\n');
  await write(page.getByRole('textbox', { name: /Paste the invitation/ }), pasted);
  await press(page.getByRole('button', { name: 'Read the invitation' }));
  await expect(page.getByText('You are invited as Hanoi')).toBeVisible();
  await expect(page.getByText('Only trained parameters, and sums over many parts, are sent.')).toBeVisible();
  await expect(page.getByText('image, 28 × 28 pixels, grey')).toBeVisible();
  await expectFitsAtDoubleSize(page);
  await expectKeyboardHeld(page);
  await press(page.getByRole('button', { name: 'Next' }));
  // The keyboard goes on from the new step.
  await expect(page.getByRole('region', { name: 'Data', exact: true })).toBeFocused();
});

test('a folder is understood, and what a column is can be corrected', async () => {
  await write(page.getByRole('textbox', { name: 'Folder' }), federation.hanoi.folder);
  const look = page.getByRole('button', { name: 'Look at the folder' });
  await press(look);
  await expect(page.getByText('This plant lacks: Camera.')).toBeVisible();
  await expect(look).toBeFocused();
  const note = page.getByRole('combobox', { name: 'What column note is' });
  await expect(note).toHaveValue('note');
  await press(note, 'End');
  await expect(note).toHaveValue('ignore');
  await expect(page.getByText(/This plant lacks: Camera and Inspector.s note\./)).toBeVisible();
  // Out of use while the folder was read, and in the person's hands again.
  await expect(note).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(note).toHaveValue('note');
  await expect(page.getByText('This plant lacks: Camera.')).toBeVisible();
  await expect(note).toBeFocused();
  await expectFitsAtDoubleSize(page);
  await press(page.getByRole('button', { name: 'Import the data' }));
  await expect(page.getByText(/\d+ parts are ready\./)).toBeVisible();
  await expectFitsAtDoubleSize(page);
  await expectKeyboardHeld(page);
  await press(page.getByRole('button', { name: 'Next' }));
  await expect(page.getByRole('region', { name: 'Join', exact: true })).toBeFocused();
});

test('joining needs the consent of a person', async () => {
  const join = page.getByRole('button', { name: 'Agree and join' });
  await expect(join).toBeDisabled();
  await expectFitsAtDoubleSize(page);
  await press(page.getByRole('checkbox'), 'Space');
  await press(join);
  await expect(page.getByRole('heading', { name: 'Hanoi' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Join round' })).toBeEnabled();
});

test('one click joins the round: it trains, sends, and waits for the other plant', async () => {
  await press(page.getByRole('button', { name: 'Join round' }));
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(page.getByText('1 of 2 plants have contributed')).toBeVisible();
  await expect(page.getByText(/Waiting for/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Figures for engineers' }).click();
  await expect(page.getByRole('img', { name: /Error while|of the way/ })).toBeVisible();
  await expect(page.getByText(/of what a full-model exchange would have taken/)).toBeVisible();
});

test('what left this machine is listed', async () => {
  const opener = page.getByRole('button', { name: 'Show the list' });
  await press(opener);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row', { name: /sent .*Profile gauge: reading it/ })).toBeVisible();
  await expect(dialog.getByText('camera')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('stop stops, and joining again goes on', async () => {
  await press(page.getByRole('button', { name: 'Stop' }), 'Enter', 'Shift+Tab');
  const join = page.getByRole('button', { name: 'Join round' });
  await expect(join).toBeVisible();
  await expectKeyboardHeld(page);
  await press(join);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
});

test('with the other plant the rounds are done and everything missing is reconstructed', async () => {
  await federation.startOsaka();
  await expect(page.getByRole('heading', { name: 'All rounds are done' })).toBeVisible();
  await press(page.getByRole('link', { name: 'Go to Review' }));
  await expect(page.getByText('Computed by the model, not measured')).toBeVisible();
});

test('a shift of review needs no mouse', async () => {
  await isAt(1);
  await expect(page.locator('figure.reconstructed figcaption')).toContainText('Reconstructed');
  await expect(page.getByRole('meter')).toBeVisible();

  await page.keyboard.press('ArrowRight');
  await isAt(2);
  await page.keyboard.press('ArrowLeft');
  await isAt(1);

  await page.keyboard.press('a');
  await expect(page.getByRole('img', { name: 'Uncertainty' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('img', { name: 'Uncertainty' })).toHaveCount(0);

  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: /Show reconstruction/ })).toBeVisible();
  await page.keyboard.press('Space');

  await page.keyboard.press('Enter');
  await isAt(2);
  await expect(page.getByRole('button', { name: /^1 of \d+ decided$/ })).toBeVisible();
  await page.keyboard.press('2');
  await page.keyboard.press('n');
  await page.keyboard.insertText('blurred at the edge');
  await page.keyboard.press('Escape');
  await expectKeyboardHeld(page);
  await page.keyboard.press('r');
  await isAt(3);
  await page.keyboard.press('ArrowLeft');
  await isAt(2);
  const rejected = page.getByText('✕ Rejected: Details lacking – blurred at the edge');
  await expect(rejected).toBeVisible();

  await page.keyboard.press('u');
  await expect(page.getByText('Not decided', { exact: true })).toBeVisible();
  await page.keyboard.press('y');
  await expect(rejected).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Not decided', { exact: true })).toBeVisible();
  await page.keyboard.press('u');
  await isAt(1);
  await expect(page.getByText(/0 of \d+ decided/)).toBeVisible();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Flip between reconstruction and measurement');
  await page.keyboard.press('f');
  await page.keyboard.press('Escape');
  await expect(page.getByText(/0 of \d+ decided/)).toBeVisible();
});

test('the explanation opens with a key, answers about a place, and draws what would change', async () => {
  await isAt(1);
  const drawn = page.locator('figure.reconstructed img').first();
  const before = await drawn.getAttribute('src');
  await page.keyboard.press('e');
  const why = page.getByRole('region', { name: 'Explanation' });
  await expect(why).toContainText('% without Profile gauge');
  await expect(why).toContainText('rank correlation');
  await expect(page.getByRole('img', { name: 'Explanation: Profile gauge' })).toBeVisible();
  const similar = page.getByRole('region', { name: 'Most similar parts of this plant' });
  await expect(similar.locator('figure.reconstructed')).toHaveCount(3);
  await expect(similar.getByText('not measured there').first()).toBeVisible();

  // With the keyboard: the first press of an arrow puts the frame down, the next ones move and size it.
  const picker = page.getByRole('application');
  await picker.focus();
  await page.keyboard.press('ArrowDown');
  await expect(why).toContainText('The marked place is at');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(picker).toHaveAttribute('aria-label', /^Marked: from 11, 10; 10 by 11/);
  await isAt(1);
  const { x, y, width } = (await drawn.boundingBox())!;
  const pixel = width / 28;
  await page.mouse.move(x + 14.5 * pixel, y + 7.5 * pixel);
  await page.mouse.down();
  await page.mouse.move(x + 18.5 * pixel, y + 14.5 * pixel, { steps: 3 });
  await page.mouse.up();
  await expect(picker).toHaveAttribute('aria-label', /^Marked: from 15, 8; 5 by 8/);
  await page.getByRole('button', { name: 'Ask about the whole' }).click();
  await expect(why).not.toContainText('The marked place');

  const whatIf = page.getByRole('region', { name: 'What if …' });
  await whatIf.getByRole('slider').focus();
  await page.keyboard.press('PageUp');
  await expect(whatIf).toContainText(/changes by [\d.]+ %/);
  await expect(page.getByText('What if: other values than were measured')).toBeVisible();
  await expect(drawn).toHaveAttribute('src', /\/images\/made\//);
  await expect(drawn.locator('xpath=ancestor::figure')).toContainText('Reconstructed');
  await whatIf.getByRole('button', { name: 'Reset' }).click();
  await expect(drawn).toHaveAttribute('src', before!);
  const word = whatIf.getByRole('button', { name: /^the word / }).first();
  await word.click();
  await expect(word).toHaveAttribute('aria-pressed', 'false');
  await expect(drawn).toHaveAttribute('src', /\/images\/made\//);

  await page.keyboard.press('ArrowRight');
  await isAt(2);
  await expect(page.locator('figure.reconstructed img').first()).toHaveAttribute('src', /reconstruction/);
  await page.keyboard.press('ArrowLeft');
  await isAt(1);
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
});

test('a reconstruction is compared with similar parts, which are looked at as near as it is', async () => {
  await isAt(1);
  await page.keyboard.press('c');
  const other = page.getByRole('combobox', { name: 'Compare with' });
  await expect(other).toBeEnabled();
  await expect(other.locator('option').first()).toContainText(', similar: reconstructed');
  const frames = page.locator('[data-way] figure');
  await expect(frames).toHaveCount(2);
  for (const frame of await frames.all()) await expect(frame).toContainText('Reconstructed');
  const widths = () =>
    frames.locator('img').evaluateAll((images) => images.map((image) => image.getBoundingClientRect().width));
  const [own = 0] = await widths();
  await page.keyboard.press('+');
  expect(await widths()).toEqual([2 * own, 2 * own]);
  await page.keyboard.press('0');

  await page.keyboard.press('m');
  await page.getByRole('slider', { name: 'Where one ends and the other begins' }).fill('0.25');
  await expect(frames).toHaveCount(1);
  await expect(frames.locator('img')).toHaveCount(2);
  await page.keyboard.press('m');
  // From now on it is the person who lets the two change places.
  await page.keyboard.press('Space');
  const first = await frames.locator('.title').textContent();
  await page.keyboard.press('Space');
  await expect(frames.locator('.title')).not.toHaveText(first!);
  await page.keyboard.press('m');
  await expect(frames).toContainText(/Difference, share of full scale; [\d.]+ % on average/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(other).toHaveCount(0);
  await isAt(1);
});

test('a decision with the mouse leaves Enter meaning accept', async () => {
  await page.getByRole('button', { name: /Flag/ }).click();
  await isAt(2);
  await page.keyboard.press('Enter');
  await isAt(3);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('✓ Accepted')).toBeVisible();
});

test('Enter pressed twice in haste decides about one part, not about one nobody has seen', async () => {
  await isAt(2);
  await page.keyboard.press('u');
  await expect(page.getByText('Not decided', { exact: true })).toBeVisible();
  await isAt(2);
  const decisions: string[] = [];
  page.on('request', (request) => {
    if (request.postData()?.includes('review.decide')) decisions.push(request.url());
  });
  await page.evaluate(() => {
    for (let press = 0; press < 2; press++)
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
  await isAt(3);
  expect(decisions).toHaveLength(1);
});

test('decisions are kept, and the undecided can be had alone', async () => {
  await page.reload();
  await expect(page.getByText(/2 of \d+ decided/)).toBeVisible();
  await expect(page.getByText('⚑ Flagged')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only undecided' }).check();
  await expect(page.getByText('Not decided', { exact: true })).toBeVisible();
});

test('a reconstruction cannot be seen without its badge', async () => {
  const shown = page.locator('img[src*="/images/reconstruction/"]');
  await expect(shown).toHaveCount(1);
  await expect(page.locator('figure', { has: shown })).toContainText('Reconstructed');
});

test('the pages beside the review need no mouse, and none loses the keyboard', async () => {
  await goByKeyboard(page, 'Models');
  await press(page.getByRole('button', { name: /^Version 1 / }));
  await expect(page.getByRole('button', { name: /^Version 1 / })).toBeFocused();

  await goByKeyboard(page, 'Data');
  await write(page.getByRole('textbox', { name: 'Search' }), 'HA-');
  const found = page.getByRole('region', { name: 'Parts' });
  const open = found.getByRole('button', { name: /^Show / }).first();
  const missing = found.getByRole('combobox', { name: 'Missing' });
  await press(missing, 'ArrowDown');
  await expect(missing).toBeFocused();
  await press(open);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();

  await goByKeyboard(page, 'Log');
  const accepted = page.getByRole('row', { name: /Accepted/ });
  await expect(accepted.first()).toBeVisible();
  await write(page.getByRole('textbox', { name: 'Search' }), 'Rejected');
  await expect(accepted).toHaveCount(0);
  const details = page.getByRole('button', { name: /^Details / }).first();
  await press(details);
  await expect(details).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText('Details lacking – blurred at the edge')).toBeVisible();
  await goByKeyboard(page, 'Overview');
});

test('every page fits its screen and every control a gloved hand', async () => {
  for (const name of ['Overview', 'Review', 'Models', 'Data']) {
    await go(page, name);
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const small = await page
      .locator('button:visible, select:visible, nav a:visible')
      .evaluateAll((controls) =>
        controls
          .filter((control) => control.isConnected && control.getBoundingClientRect().height < 43.5)
          .map((control) => control.textContent),
      );
    expect(small, name).toEqual([]);
  }
});
