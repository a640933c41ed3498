import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { runDemo } from '../../main/demo/run-demo.ts';
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
const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(words.data);
const hanoi = join(folder, 'workstations', 'Hanoi');
if (!existsSync(hanoi))
  await runDemo({ folder, quick: false, report: join(folder, 'report.html') }, new AbortController().signal);

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: chromiumArguments,
});
try {
  await pictureWindow(browser);
  await pictureReport(browser);
} finally {
  await browser.close();
}

/** Review with its explanation, and the Overview. */
async function pictureWindow(browser: Browser): Promise<void> {
  const app = await openApp(hanoi);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    await page.goto(app.address);
    await page.getByRole('heading', { name: 'Hanoi' }).waitFor();
    await page.screenshot({ path: join(beside, 'overview.png') });
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.getByRole('meter').first().waitFor();
    // The queue begins with what can be trusted least; an ordinary part is further on.
    for (let step = 0; step < 400; step++) await page.keyboard.press('ArrowRight');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(beside, 'review.png') });
  } finally {
    await app.close();
  }
}

/** The pilot report's page, as a PDF reader shows it. */
async function pictureReport(browser: Browser): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'fedrecon-pictures-'));
  try {
    const plant = join(folder, 'plants', 'hanoi');
    const command = ['main/cli/fedrecon.ts', 'pilot', plant, '--language', 'en', '--out', out];
    execFileSync(process.execPath, [...command, '--minutes', words.minutes], {
      cwd: project,
      stdio: 'inherit',
    });
    const file = (await readdir(out)).find((name) => name.endsWith('.pdf'))!;
    const pdf = (await readFile(join(out, file))).toString('base64');
    await writeFile(join(beside, 'report.png'), await drawn(browser, pdf, 1.4));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
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
