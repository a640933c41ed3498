import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { runDemo } from '../../main/demo/run-demo.ts';
import { forkTrainingHost } from '../../main/jobs/fork-host.ts';
import { probeDevices } from '../../main/jobs/probe-devices.ts';
import { createSupervisor } from '../../main/jobs/supervisor.ts';
import { pdfReport } from '../../main/pilot/pdf/document.ts';
import { checkPilot, usualLines } from '../../main/pilot/pilot-check.ts';
import { openApp } from '../../test/support/app.ts';
import { chromiumArguments, ensureChromium } from '../../test/support/chromium.ts';

/**
 * `npm run pictures`: the pictures of README, made anew from a demonstration that has ended: Review and Overview of the
 * plant without a camera, and the first page of its pilot report.
 */
const help = `npm run pictures -- [options]

  --data DIR     a demonstration's folder (build/out/pictures; where there is none, it is run, in about four minutes)
  --minutes N    how long the pilot check trains (1)
  --help         this text
`;
const { values: words } = parseArgs({
  options: {
    data: { type: 'string', default: 'build/out/pictures' },
    minutes: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (words.help) {
  console.log(help);
  process.exit(0);
}

const beside = import.meta.dirname;
const folder = resolve(words.data);
const hanoi = join(folder, 'workstations', 'Hanoi');
if (!existsSync(hanoi))
  await runDemo({ folder, quick: false, report: join(folder, 'report.html') }, new AbortController().signal);

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArguments });
try {
  await pictureWindow(browser);
  await pictureReport(browser);
} finally {
  await browser.close();
}

/** Review and the Overview. */
async function pictureWindow(browser: Browser): Promise<void> {
  const app = await openApp(hanoi);
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
    });
    // A machine that is busy draws late; only what hangs is to be caught.
    page.setDefaultTimeout(600_000);
    await page.goto(await app.link());
    await page.getByRole('heading', { name: 'Hanoi' }).waitFor();
    // What a plant sees every day, not the tour of the first.
    await page.getByRole('button', { name: 'End the tour' }).click();
    await drawnWhole(page);
    await page.screenshot({ path: join(beside, 'overview.png') });
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.getByRole('meter').first().waitFor();
    // The queue begins with what can be trusted least; what may be used stands at its end.
    await page.evaluate(async () => {
      const next = () => document.querySelector<HTMLButtonElement>('button[aria-keyshortcuts="ArrowRight"]');
      while (next()?.disabled === false) {
        next()!.click();
        await new Promise(requestAnimationFrame);
      }
    });
    await page.keyboard.press('ArrowLeft');
    await page.locator('[data-verdict="use"]').waitFor();
    await drawnWhole(page);
    await page.screenshot({ path: join(beside, 'review.png') });
  } finally {
    await app.close();
  }
}

/** The pilot report's page, as a PDF reader shows it; of a folder that is called as the plant is. */
async function pictureReport(browser: Browser): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'fedrecon-pictures-'));
  const host = forkTrainingHost();
  const supervisor = createSupervisor(host);
  const { signal: abort } = new AbortController();
  const progress = () => {};
  try {
    console.error('Checking a plant, for the report …');
    const { report, pictures } = await checkPilot(
      {
        ...{ folder: join(folder, 'plants', 'hanoi'), manifest: undefined, lines: usualLines },
        ...{ minutes: Number(words.minutes), plan: undefined, published: null },
      },
      { ...{ supervisor, scratch, abort, progress }, devices: () => probeDevices(host, { abort, progress }) },
    );
    const pdf = await pdfReport({ report: { ...report, folder: 'hanoi' }, pictures }, 'en');
    await writeFile(
      join(beside, 'report.png'),
      await drawn(browser, Buffer.from(pdf).toString('base64'), 1.25),
    );
  } finally {
    await supervisor.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Waits until every picture is there and painted. */
async function drawnWhole(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 1000))));
}

/** The first page of a PDF (base64) as PNG, `scale` times its size in points. */
async function drawn(browser: Browser, pdf: string, scale: number): Promise<Buffer> {
  const reader = await readFile(fileURLToPath(import.meta.resolve('unpdf/pdfjs')), 'utf8');
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: `${reader}\nglobalThis.getDocument = getDocument;` });
  await page.evaluate(
    async ({ pdf, scale }) => {
      const bytes = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0));
      const { getDocument } = globalThis as unknown as typeof import('unpdf/pdfjs');
      const first = await (await getDocument({ data: bytes }).promise).getPage(1);
      const viewport = first.getViewport({ scale });
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: viewport.width, height: viewport.height });
      document.body.replaceChildren(canvas);
      await first.render({ canvas, viewport }).promise;
    },
    { pdf, scale },
  );
  return page.locator('canvas').screenshot();
}
