import type { Page } from '@playwright/test';
import type { WorkstationState } from '../../main/api/views.ts';
import { trustedFolder } from '../main/support/trusted.ts';
import { expectAccessibleIn, expectFitsAtDoubleSize, moving } from './support/accessible.ts';
import { expect, test } from './support/app.ts';
import { type OpenedApp, openedApp } from './support/opened-app.ts';

/**
 * Every dialog, and the states that a page seldom is in, in both languages and both themes, at twice the size and without
 * motion. What the workstation says of itself is told to the window by the test: no state has to be brought about.
 */
let app: OpenedApp;
let page: Page;
/** What the workstation said of itself when the window opened, and the number of the last snapshot told. */
let said: WorkstationState;
let revision: number;

test.beforeAll(async ({ browser }) => {
  app = await openedApp(browser, trustedFolder);
  page = app.page;
  // The line for events is the test's own.
  await page.addInitScript(() => {
    class Line {
      onmessage: ((message: { data: string }) => void) | undefined;
      onerror: (() => void) | undefined;
      constructor() {
        Object.assign(window, { line: this });
      }
      close(): void {}
    }
    Object.assign(window, { EventSource: Line });
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  // With the figures that are one level down.
  await page.getByRole('button', { name: 'Figures for engineers' }).click();
  said = await page.evaluate(async () => {
    const body = JSON.stringify({ name: 'workstation.state', input: {} });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('/api/call', { method: 'POST', headers, body });
    return ((await answer.json()) as { value: WorkstationState }).value;
  });
  revision = said.revision;
});

test.afterAll(() => app?.close());

/** Tells the window what the workstation is like now. */
async function tell(change: Partial<WorkstationState>): Promise<void> {
  revision++;
  const state = { ...said, ...change, revision };
  await page.evaluate(
    (event) => {
      const { line } = window as unknown as { line: { onmessage(message: { data: string }): void } };
      line.onmessage({ data: JSON.stringify(event) });
    },
    { type: 'state', state },
  );
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const status = (is: string, more: object = {}): Partial<WorkstationState> =>
  ({
    federation: { ...said.federation!, status: { ...said.federation!.status, is, ...more } },
  }) as Partial<WorkstationState>;
const job = (state: string, more: object = {}): Partial<WorkstationState> =>
  ({
    participating: true,
    job: {
      ...{
        id: 'job-1',
        kind: 'train',
        state,
        phase: 'training',
        fraction: 0.4,
        round: 2,
        epoch: 3,
        epochs: 8,
      },
      ...{ samplesPerSecond: 1200, remainingSeconds: 7300 },
      ...more,
    },
  }) as Partial<WorkstationState>;
const failed = {
  code: 'disk-full',
  detail: {},
  en: { title: 'The disk is full', cure: 'Make room.' },
  ja: { title: 'ディスクに空きがありません', cure: '空きを増やしてください。' },
};
/** A quality engineer, to whom nothing is refused. */
const engineer = { person: { name: 'Lan', role: 'engineer' }, refusals: {} } as Partial<WorkstationState>;

interface Scene {
  /** Page that it is on. */
  readonly on: string;
  readonly change?: () => Partial<WorkstationState>;
  /** What a person does there. */
  readonly open?: () => Promise<void>;
  /** What is then on the screen, in English. */
  readonly shows: string | RegExp;
}

const scenes: Readonly<Record<string, Scene>> = {
  'the list of keys': {
    on: 'overview',
    open: () => page.keyboard.press('?'),
    shows: 'Flip between reconstruction and measurement',
  },
  'who is working': {
    on: 'overview',
    open: () => button('Who is working?').click(),
    shows: 'Who is working at this workstation?',
  },
  'the plan': { on: 'overview', open: () => button('Show the plan').click(), shows: /Schedule/ },
  'what was sent': {
    on: 'overview',
    change: () => ({ traffic: { bytesDown: 5e6, bytesUp: 3e5, bytesFullModel: 9e7 } }),
    open: () => button('Show the list').click(),
    shows: 'Everything that was sent and received',
  },
  'headquarters lost': {
    on: 'overview',
    change: () => status('lost', { since: '2026-03-01T08:15:00.000Z', nextTry: '2026-03-01T08:20:00.000Z' }),
    shows: /^Headquarters cannot be reached since/,
  },
  'a long job': {
    on: 'overview',
    change: () => ({ ...status('round-open', { action: 'stop' }), ...job('running') }),
    shows: 'Training on this workstation',
  },
  'a job that is being stopped': { on: 'overview', change: () => job('stopping'), shows: /Stopping/ },
  'a job that failed': {
    on: 'overview',
    change: () => ({ ...job('failed', { error: failed }), participating: false }),
    shows: 'The disk is full',
  },
  'a version that waits': {
    on: 'overview',
    change: () => ({ adoption: { ...said.adoption, pending: { version: 4, state: 'evaluated' } } }),
    shows: 'Model version 4 waits for sign-off',
  },
  'a sign-off that does not hold': {
    on: 'overview',
    change: () => ({ adoption: { inUse: 3, isGenuine: false, pending: null } }),
    shows: 'The sign-off of the model in use does not hold',
  },
  'a device that was refused': {
    on: 'overview',
    change: () => ({
      engine: {
        automatic: true,
        devices: [
          { engine: 'onnx', device: 'cpu', ok: true, milliseconds: 9, chosen: true },
          {
            engine: 'onnx',
            device: 'cuda',
            ok: false,
            reason: { en: 'it finds no GPU', ja: '使えるグラフィックカードがありません' },
            chosen: false,
          },
        ],
      },
    }),
    open: () => page.locator('summary').last().click(),
    shows: 'it finds no GPU',
  },
  'the review, refused': {
    on: 'review',
    change: () => ({ refusals: { 'review.queue': Object.values(said.refusals)[0]! } }),
    shows: 'Nobody has said who is working here',
  },
  'the tolerance, refused': {
    on: 'review',
    open: () => button('Set limits').click(),
    shows: 'Say who is working',
  },
  'the tolerance': {
    on: 'review',
    change: () => engineer,
    open: () => button('Set limits').click(),
    shows: /^The curve shows what is left/,
  },
  'an export of reconstructions': {
    on: 'review',
    change: () => engineer,
    open: () => button('Export …').click(),
    shows: 'Write the files',
  },
  'no model': { on: 'models', shows: /^No model has arrived yet/ },
  'undoing an import': {
    on: 'data',
    change: () => engineer,
    open: () =>
      button(/^Undo the import of/)
        .first()
        .click(),
    shows: /^Measurements that go/,
  },
  'the values of a part': {
    on: 'data',
    open: () => page.getByRole('button', { name: 'Show A', exact: true }).click(),
    shows: /^Import of /,
  },
  'deleting parts': {
    on: 'data',
    change: () => engineer,
    open: async () => {
      await page.getByRole('checkbox', { name: 'Choose A' }).check();
      await button('Delete … 1 chosen').click();
    },
    shows: 'What is to be deleted?',
  },
  'deleting everything': {
    on: 'data',
    change: () => engineer,
    open: () => button('Delete everything …').click(),
    shows: /To delete everything/,
  },
  'no part that fits': {
    on: 'data',
    open: async () => {
      await page.getByRole('textbox', { name: 'Search' }).fill('zzzz');
      await expect(page.getByText('No part is like that.')).toBeVisible();
    },
    shows: 'No part is like that.',
  },
  'a folder that is missing': {
    on: 'data',
    open: async () => {
      await button('Connect data').click();
      await page.getByRole('textbox', { name: 'Folder' }).first().fill('/nowhere');
      await button('Look at the folder').click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
    shows: /folder-missing/,
  },
  'an export of the log': {
    on: 'log',
    change: () => engineer,
    open: () => button('Export for an auditor').click(),
    shows: /JSON/,
  },
};

test('motion is told from stillness: buttons change slowly where nobody asked for none', async () => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await moving(page)).not.toEqual([]);
});

for (const [name, { on, change = () => ({}), open, shows }] of Object.entries(scenes))
  test(`${name}: accessible, still, and fits at twice the size, in both languages and themes`, async () => {
    await page.evaluate((hash) => location.assign(hash), `#/${on}`);
    await expect(page.locator('main').getByRole('heading').first()).toBeAttached();
    const settings = { ...said.settings, language: 'en' } as const;
    await tell({ ...change(), settings });
    await open?.();
    await expect(page.getByText(shows).first()).toBeVisible();
    await expectReached({ ...change(), settings });
    await page.keyboard.press('Escape');
  });

test('a program that does not answer any more: the message is accessible and fits, too', async () => {
  await page.route('**/api/call', (route) => route.abort());
  await page.evaluate(() => (window as unknown as { line: { onerror(): void } }).line.onerror());
  await expect(page.getByText('The workstation program does not answer')).toBeVisible();
  await expectReached({});
});

/** Expects of what is on the screen, in English, that it is within everybody's reach, and in Japanese too. */
async function expectReached(change: Partial<WorkstationState>): Promise<void> {
  const settings = { ...said.settings, language: 'en' } as const;
  await expectAccessibleIn(page, 'light');
  await expectFitsAtDoubleSize(page);
  await tell({ ...change, settings: { ...settings, language: 'ja' } });
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expectAccessibleIn(page, 'dark');
  await expectFitsAtDoubleSize(page);
  await tell({ ...change, settings });
}
