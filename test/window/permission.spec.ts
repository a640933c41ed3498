import type { Page } from '@playwright/test';
import { makeReport } from '../../main/pilot/report.ts';
import { settingNames } from '../../main/services/context.ts';
import type { Store } from '../../main/store/store.ts';
import { pilotMeasured } from '../main/pilot/pilot-measured.ts';
import { reviewedFolder } from '../main/support/reviewed.ts';
import { expect, test } from './support/app.ts';
import { go } from './support/go.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/** A plant whose plan lets engineers alone see reconstructions. The steps build on each other. */
test.describe.configure({ mode: 'serial' });

let app: OpenedApp;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const adjust = (store: Store) => {
    store.settings.set(settingNames.pilot, makeReport(pilotMeasured()));
    const found = store.reconstructions.get(1, 'note')!;
    store.decisions.add({
      ...{ at: new Date().toISOString(), actor: { name: 'Lan', role: 'engineer' }, partName: 'A' },
      ...{ modality: 'note', decision: 'flag', reason: 'wrong-words', shown: { ...found, row: 0 } },
    });
  };
  const policy = { seenBy: ['engineer'] };
  app = await openedApp(browser, (folder) => reviewedFolder(folder, { policy, adjust }));
  page = app.page;
});

test.afterAll(() => app?.close());

async function enter(name: string, role: string): Promise<void> {
  await page.getByRole('button', { name: 'Say who is working' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('dialog').getByText(role).click();
  await page.getByRole('button', { name: 'That is me' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('with no name given, the pilot report has its figures but no reconstruction, and cannot be saved', async () => {
  await go(page, 'Pilot check');
  await expect(page.getByRole('cell', { name: '18.0 dB' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^reconstructed: / })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeDisabled();
  await expect(page.getByText('Nobody has said who is working here')).toHaveCount(2);
});

test('the review says why it is closed, and opens once an engineer has given a name', async () => {
  await go(page, 'Review');
  await expect(page.getByText('Nobody has said who is working here')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export …' })).toHaveCount(0);
  await enter('Mai', 'Operator');
  await expect(page.getByText('The plan does not let your role see reconstructions')).toBeVisible();
  await enter('Lan', 'Quality engineer');
  await expect(page.getByText('1 of 3')).toBeVisible();
  await go(page, 'Pilot check');
  await expect(page.getByRole('img', { name: /^reconstructed: / }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeEnabled();
  await go(page, 'Review');
});

test('nothing of the review stays on show when the engineer leaves', async () => {
  await expect(page.getByText('1 of 3')).toBeVisible();
  await page.getByRole('button', { name: /^Working here: Lan/ }).click();
  await page.getByRole('button', { name: 'Nobody' }).click();
  await expect(page.getByText('Nobody has said who is working here')).toBeVisible();
  await expect(page.locator('img[src*="reconstruction"]')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/of 3/)).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('the log says what was decided, and what it rests on to those alone who may see it', async () => {
  await go(page, 'Log');
  const flagged = page.getByRole('row', { name: /Flagged/ });
  await expect(flagged).toContainText('Details not shown');
  await expect(page.getByText('Entries about reconstructions say only what they concern.')).toBeVisible();
  await flagged.getByRole('button', { name: /^Details/ }).click();
  await expect(page.getByText('wrong-words')).toHaveCount(0);
  await enter('Lan', 'Quality engineer');
  await expect(page.getByText('wrong-words', { exact: true })).toBeVisible();
  await expect(page.getByText('Details not shown')).toHaveCount(0);
});
