import type { Page } from '@playwright/test';
import type { WorkstationState } from '../../main/api/views.ts';
import type { Store } from '../../main/store/store.ts';
import { reviewedFolder } from '../main/support/reviewed.ts';
import { expect, test } from './support/app.ts';
import { expectPartOnShow, go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/**
 * Whoever is in the middle of something keeps all that was entered, whatever the workstation tells meanwhile; and what was
 * decided is said of the picture that it was decided on. The steps build on each other.
 */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

/** The plant has accepted what version 2 made of part A; version 3 has made another since. */
function adjust(store: Store): void {
  const { part: _, modality: __, ...found } = store.reconstructions.get(1, 'camera')!;
  store.decisions.add({
    ...{ at: new Date().toISOString(), actor: { name: 'Lan', role: 'engineer' }, partName: 'A' },
    ...{ modality: 'camera', decision: 'accept', reason: '' },
    shown: { ...found, row: 0, modelVersion: 2, fingerprint: 'of what version 2 made' },
  });
}

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, (folder) => reviewedFolder(folder, { adjust }));
  page = app.page;
  // The line for events is kept at hand, to tell of what only a long round or another person would bring.
  await page.addInitScript(() => {
    const Line = window.EventSource;
    window.EventSource = class extends Line {
      constructor(address: string | URL) {
        super(address);
        Object.assign(window, { line: this });
      }
    };
    const asked: string[] = [];
    const send = window.fetch;
    window.fetch = (input, options) => {
      if (typeof options?.body === 'string') asked.push((JSON.parse(options.body) as { name: string }).name);
      return send(input, options);
    };
    Object.assign(window, { asked });
  });
  await page.reload();
  await go(page, 'Review');
});
test.afterAll(() => app?.close());

const pressed = (name: RegExp) =>
  page.getByRole('button', { name }).and(page.locator('[aria-pressed="true"]'));
const asks = (name: string) =>
  page.waitForResponse((response) => response.request().postData()?.includes(`"${name}"`) ?? false);

/** Asks the workstation something beside the window, as another window does. */
const elsewhere = (name: string, input: object) =>
  page.evaluate(async (body) => {
    const response = await fetch('/api/call', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    return ((await response.json()) as { value: unknown }).value;
  }, JSON.stringify({ name, input }));
/** How often the queue was read up to now. */
const queueReads = () =>
  page.evaluate(
    () => (window as unknown as { asked: string[] }).asked.filter((name) => name === 'review.queue').length,
  );

/** Tells the window of everything that can happen, as the workstation does, and waits until it has asked what it asks then. */
async function everythingHappens(): Promise<void> {
  const onReview =
    (await page.getByRole('link', { name: 'Review', exact: true }).getAttribute('aria-current')) !== null;
  const read = onReview ? [asks('review.queue'), asks('review.part')] : [];
  const reads = await queueReads();
  const state = (await elsewhere('workstation.state', {})) as WorkstationState;
  await page.evaluate(async (state) => {
    const { line } = window as unknown as { line: EventSource };
    const tell = (event: unknown) =>
      line.onmessage?.(new MessageEvent('message', { data: JSON.stringify(event) }));
    const job = { id: 'j', state: 'running', phase: 'training', fraction: 0.5 };
    for (const kind of ['exchange', 'train', 'import', 'evaluate', 'reconstruct', 'export', 'undo', 'delete'])
      for (const end of ['running', 'stopping', 'done', 'stopped'])
        tell({ type: 'progress', job: { ...job, kind, state: end } });
    tell({ type: 'loss', point: { round: 1, position: 0.5, losses: { total: 1 } } });
    const at = new Date().toISOString();
    const changes: Partial<WorkstationState>[] = [
      { settings: { ...state.settings, theme: 'dark' } },
      { model: { version: 9, round: 9, receivedAt: at } },
      { adoption: { inUse: 9, isGenuine: true, pending: { version: 10, state: 'evaluated' } } },
      { participating: true },
      { data: { ...state.data, parts: state.data.parts + 1 } },
      { reconstructed: { modelVersion: 9, parts: 3, at } },
    ];
    for (const change of changes) {
      tell({ type: 'state', state: { ...state, ...change } });
      await new Promise(requestAnimationFrame);
    }
  }, state);
  // A snapshot is no reason to read the queue; that another one is shown is.
  expect(await queueReads()).toBe(reads);
  // A snapshot that the workstation sent meanwhile is newer, and the window keeps to it: then it is told once more.
  const tellAnother = async () => {
    const now = (await elsewhere('workstation.state', {})) as WorkstationState;
    await page.evaluate(async (state) => {
      const { line } = window as unknown as { line: EventSource };
      for (const queue of ['another', state.queue]) {
        const event = { type: 'state', state: { ...state, queue } };
        line.onmessage?.(new MessageEvent('message', { data: JSON.stringify(event) }));
        await new Promise(requestAnimationFrame);
      }
    }, now);
    return queueReads();
  };
  if (onReview) await expect.poll(tellAnother).toBeGreaterThan(reads);
  else await tellAnother();
  await Promise.all(read);
}

test('a decision on another picture counts no more, and the queue, the counter and the export say so', async () => {
  const decide = page.getByRole('region', { name: 'Decision' });
  await expect(decide).toContainText('Accepted on version 2; look again');
  await expect(page.getByText('0 of 3 decided')).toBeVisible();
  await expect(page.getByText('1 decided on an earlier reconstruction: look again')).toBeVisible();
  await page.getByRole('button', { name: 'Export …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('All that were decided on (0)')).toBeVisible();
  await expect(dialog.getByText(/1 more were decided on an earlier reconstruction/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.getByText('第 2 版で採用と判定済み。もう一度見てください')).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('checkbox', { name: 'Only undecided' }).check();
  await expect(decide).toContainText('Accepted on version 2; look again');
  await page.getByRole('checkbox', { name: 'Only undecided' }).uncheck();
});

test('a reason that was chosen and a picture that was flipped stay, and the reason goes with the decision', async () => {
  await page.keyboard.press('2');
  await page.keyboard.press('Space');
  await page.keyboard.press('n');
  await page.keyboard.type('far left, rear');
  const comment = page.getByRole('textbox', { name: 'Comment or own reason' });
  await expect(pressed(/Details lacking/)).toBeVisible();
  await everythingHappens();
  await expect(comment).toBeFocused();
  await everythingHappens();
  await expect(pressed(/Details lacking/)).toBeVisible();
  await expect(pressed(/Show reconstruction/)).toBeVisible();
  await expect(comment).toHaveValue('far left, rear');
  await page.keyboard.press('Enter');
  await page.keyboard.press('f');
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible();
  await expect(comment).toHaveValue('');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('⚑ Flagged: Details lacking – far left, rear')).toBeVisible();
});

test('what another window decides reaches this one alone, without the queue', async () => {
  const reads = await queueReads();
  const of = { part: 3, modality: 'camera' };
  const { reconstruction } = (await elsewhere('review.part', of)) as { reconstruction: string };
  await elsewhere('review.decide', { ...of, reconstruction, decision: 'flag', reason: '' });
  await expect(page.getByText('2 of 3 decided')).toBeVisible();
  await elsewhere('review.decide', { ...of, reconstruction, decision: null });
  await expect(page.getByText('1 of 3 decided')).toBeVisible();
  expect(await queueReads()).toBe(reads);
});

test('what is typed and chosen in a dialog stays', async () => {
  await page.getByRole('button', { name: 'Export …' }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill('/some/where');
  await page.getByRole('radio', { name: /The part on show/ }).check();
  await everythingHappens();
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('/some/where');
  await expect(page.getByRole('radio', { name: /The part on show/ })).toBeChecked();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Who is working?' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ng');
  await page.getByText('Quality engineer', { exact: true }).click();
  await everythingHappens();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Ng');
  await expect(page.getByRole('radio', { name: 'Quality engineer' })).toBeChecked();
  await page.getByRole('button', { name: 'That is me' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('an error of a dialog stands in it until the person has done with it, whatever succeeds meanwhile', async () => {
  await page.getByRole('button', { name: 'Export …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Folder' }).fill('/nowhere/at/all');
  await dialog.getByRole('button', { name: 'Write the files' }).click();
  await expect(dialog.getByRole('alert')).toContainText('export-unwritable');
  await everythingHappens();
  await expect(dialog.getByRole('alert')).toContainText('export-unwritable');
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Write the files' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('undo and redo find a part that the queue shows no more, and say what they did', async () => {
  await page.getByRole('checkbox', { name: 'Only undecided' }).check();
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  const title = page.locator('figure.reconstructed figcaption').first();
  await expect(title).toContainText('=B');
  await page.keyboard.press('Enter');
  await expect(title).toContainText('Part C');
  await everythingHappens();
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Undone for part =B: Accepted → Not decided')).toBeVisible();
  await expect(title).toContainText('=B');
  await expect(page.getByText('1 of 3 decided')).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByText('Redone for part =B: Not decided → Accepted')).toBeVisible();
  await expect(page.getByText('2 of 3 decided')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Undone for part =B: Accepted → Not decided')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Undone for part A: Flagged → Not decided')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Decision' })).toContainText(
    'Accepted on version 2; look again',
  );
  await expect(page.getByText('0 of 3 decided')).toBeVisible();
});

test('Enter accepts wherever the keyboard is, and a choice by its keys leaves it there', async () => {
  const only = page.getByRole('checkbox', { name: 'Only undecided' });
  await only.uncheck();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('1 of 3', { exact: true })).toBeVisible();
  await expectPartOnShow(page);
  await only.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible();
  await expect(only).toBeFocused();
  await expect(only).not.toBeChecked();
  const shown = page.getByRole('combobox', { name: 'Reconstructed' });
  await expectPartOnShow(page);
  await shown.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 of 3 decided')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(shown).toHaveValue('gauge');
  await expect(page.getByText('0 of 3 decided')).toBeVisible();
  await expectPartOnShow(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 3 decided')).toBeVisible();
  await expect(shown).toBeFocused();
});
