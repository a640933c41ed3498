import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build } from '../../main/launch/build.ts';
import { quantile } from '../../training/measures/statistics.ts';
import { chromiumArguments, ensureChromium } from '../support/chromium.ts';
import { machineKind } from './reconstruction/output/machine.ts';
import { drawnAfterKey, keepKeyTime, settled } from './window/drawn-part.ts';
import { type PlantSize, seedPlant } from './window/seeded-plant.ts';
import type { HostWord } from './window/watched-host.ts';
import { numbers } from './words.ts';
import { write } from './write.ts';

/**
 * `npm run bench:window`: whether the window and its host stay awake in a plant that has much, while a round is training: time until
 * each page stands, time from Enter to the next part, long tasks of the window, and how long the host's event loop stood still.
 */
const help = `npm run bench:window -- [options]

  --quick       3,331 parts and 1,000 decisions in place of 100,000 and 20,000
  --openings N  times that each page is opened (3)
  --decide N    parts that are decided on (100)
  --json FILE   the figures as JSON
  --help        this text
`;
const { values: words } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    openings: { type: 'string', default: '3' },
    decide: { type: 'string', default: '100' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (words.help) {
  console.log(help);
  process.exit(0);
}

/** What stands on a page once it is open. */
const stands = {
  overview: 'main section h2, main .columns section',
  review: 'figure.reconstructed .title',
  data: '[aria-labelledby="parts"] tbody tr',
  models: '[aria-labelledby="versions"] li',
  log: 'main tbody tr',
} as const;
type Name = keyof typeof stands;

const positive = (value: number) => Number.isInteger(value) && value >= 1;
/** Times that each page is opened; the slowest counts. */
const openings = numbers('openings', words.openings, positive)[0]!;
/** Parts that are decided on, and those before them that do not count. */
const [decided, warm] = [numbers('decide', words.decide, positive)[0]!, 5];
const size: PlantSize = words.quick
  ? { parts: 3331, decisions: 1000 }
  : { parts: 100_000, decisions: 20_000 };

const root = await mkdtemp(join(tmpdir(), 'fedrecon-bench-window-'));
try {
  await build('window');
  const { dataFolder, headquarters } = await seedPlant(root, size, (step) => console.log(`${step} …`));
  const host = fork(new URL('./window/watched-host.ts', import.meta.url), [dataFolder]);
  const heard = async () => ((await once(host, 'message')) as [HostWord])[0];
  try {
    const opened = await heard();
    if (!('address' in opened)) throw new Error('the host did not say where it is');
    const browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: chromiumArguments,
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript(keepKeyTime);
      await page.addInitScript(keepLongTasks);
      await page.goto(opened.address);
      await page.waitForSelector(stands.overview);
      await trains(page);
      const asked = heard();
      host.send('begin');
      await asked;
      const open = await openAll(page);
      const next = await decideAll(page);
      const answer = heard();
      host.send('end');
      const went = await answer;
      if (!('blockedMs' in went)) throw new Error('the host did not say how it went');
      const tasks = await page.evaluate(() => (globalThis as unknown as Kept).longTasks);
      const figures = {
        open,
        next: { median: whole(quantile(next, 0.5)), p95: whole(quantile(next, 0.95)) },
        longTasks: tasks.length,
        longestTaskMs: whole(Math.max(0, ...tasks)),
        hostBlockedMs: whole(went.blockedMs),
        rssMB: whole(went.rssBytes / 1e6),
      };
      console.log(`\n${machineKind('cpu')}; ${size.parts} parts, ${size.decisions} decisions; milliseconds`);
      console.log(JSON.stringify(figures, null, 2));
      await write(
        words.json,
        `${JSON.stringify({ machine: machineKind('cpu'), ...size, ...figures }, null, 2)}\n`,
      );
    } finally {
      await browser.close();
    }
  } finally {
    host.disconnect();
    await once(host, 'exit');
    await headquarters.close();
  }
} finally {
  await rm(root, { recursive: true, force: true });
}

/** What the page keeps beside the keys. */
interface Kept {
  longTasks: number[];
}

/** Keeps the lengths of the window's long tasks: those that hold it up for more than 50 ms. */
function keepLongTasks(): void {
  const kept = globalThis as unknown as Kept;
  kept.longTasks = [];
  new PerformanceObserver((list) => {
    kept.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
}

/** Begins to take part in the round, as a person does, and waits until it is being trained. */
async function trains(page: Page): Promise<void> {
  const asks = (name: string) =>
    page.evaluate(async (called) => {
      const response = await fetch('/api/call', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: called, input: {} }),
      });
      return (await response.json()) as { value: { job: { kind: string; phase: string } | null } };
    }, name);
  await asks('round.join');
  for (;;) {
    const { value } = await asks('workstation.state');
    if (value.job?.kind === 'train' && value.job.phase === 'training') return;
    await page.waitForTimeout(200);
  }
}

/** Milliseconds until each page stands, from the click on its link: the slowest of several openings. */
async function openAll(page: Page): Promise<Record<Name, number>> {
  const slowest: Record<Name, number> = { review: 0, data: 0, log: 0, overview: 0, models: 0 };
  for (let opening = 0; opening < openings; opening++)
    for (const name of Object.keys(slowest) as Name[]) {
      await page.evaluate(settled);
      const took = await page.evaluate(opens, { name, selector: stands[name] });
      console.log(`${name}: ${whole(took)} ms`);
      slowest[name] = Math.max(slowest[name], whole(took));
    }
  return slowest;
}

/** Clicks a page's link, in the page itself. @returns milliseconds until the frame in which it stands */
async function opens({ name, selector }: { name: string; selector: string }): Promise<number> {
  const from = performance.now();
  document.querySelector<HTMLAnchorElement>(`nav a[href="#/${name}"]`)!.click();
  const isOpen = () =>
    location.hash === `#/${name}` &&
    document.querySelector(`nav a[href="#/${name}"][aria-current]`) !== null &&
    document.querySelector(selector) !== null &&
    document.querySelector('main [aria-busy="true"]') === null;
  do await new Promise(requestAnimationFrame);
  while (!isOpen());
  return performance.now() - from;
}

/** Accepts part after part. @returns milliseconds from each Enter to the next part wholly drawn */
async function decideAll(page: Page): Promise<number[]> {
  await page.evaluate(opens, { name: 'review', selector: stands.review });
  const times: number[] = [];
  for (let part = 0; part < decided + warm; part++) {
    await page.evaluate(settled);
    await page.keyboard.press('Enter');
    times.push(await page.evaluate(drawnAfterKey));
  }
  return times.slice(warm);
}

function whole(value: number): number {
  return Math.round(value);
}
