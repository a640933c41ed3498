import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { runDemo } from '../../main/demo/run-demo.ts';
import { quantile } from '../../training/measures/statistics.ts';
import { openApp } from '../support/app.ts';
import { chromiumArguments, ensureChromium } from '../support/chromium.ts';
import { machineKind } from './reconstruction/output/machine.ts';
import { drawnAfterKey, keepKeyTime, settled } from './window/drawn-part.ts';
import { numbers } from './words.ts';
import { write } from './write.ts';

/**
 * `npm run bench:review`: milliseconds from a key to a part that is wholly drawn in a real Chromium: measurements, reconstruction,
 * uncertainty, verdict; and the same with its reasons.
 */
const help = `npm run bench:review -- [options]

  --data DIR    a demonstration's folder (build/out/bench/review; where there is none, a quick one is made, in about two minutes)
  --parts N     parts that are looked at (100)
  --json FILE   the figures as JSON
  --help        this text
`;
const { values: words } = parseArgs({
  options: {
    data: { type: 'string', default: 'build/out/bench/review' },
    parts: { type: 'string', default: '100' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (words.help) {
  console.log(help);
  process.exit(0);
}
const parts = numbers('parts', words.parts, (value) => Number.isInteger(value) && value >= 10)[0]!;
const folder = resolve(words.data);
/** A plant without a camera: everything it reviews is reconstructed. */
const hanoi = join(folder, 'workstations', 'Hanoi');
if (!existsSync(hanoi))
  await runDemo({ folder, quick: true, report: join(folder, 'report.html') }, new AbortController().signal);

const executablePath = await ensureChromium();
const app = await openApp(hanoi);
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(keepKeyTime);
  await page.goto(await app.link());
  await page.getByRole('link', { name: /^(Review|レビュー|確認)/ }).click();
  const figures = {
    'part, uncertainty, verdict': await timesOf(page, parts),
    'the same with its reasons': await withReasons(page, parts),
  };
  const rows = Object.entries(figures).map(([drawn, times]) => ({ drawn, parts, ...summary(times) }));
  console.log(`\n${machineKind('cpu')}; milliseconds from the key to the last picture\n`);
  console.table(rows);
  await write(words.json, `${JSON.stringify({ machine: machineKind('cpu'), rows }, null, 2)}\n`);
} finally {
  await browser.close();
  await app.close();
}

function summary(times: readonly number[]) {
  const at = (share: number) => Math.round(quantile(times, share));
  return { median: at(0.5), 'of 95 %': at(0.95), most: at(1) };
}

async function withReasons(page: Page, count: number): Promise<number[]> {
  await page.keyboard.press('e');
  await page.waitForSelector('.sentences');
  return timesOf(page, count);
}

/** Moves on part by part. The first few, which warm up what is compiled at its first use, do not count. */
async function timesOf(page: Page, count: number): Promise<number[]> {
  const warm = 5;
  const times: number[] = [];
  for (let part = 0; part < count + warm; part++) {
    await page.evaluate(settled);
    await page.keyboard.press('ArrowRight');
    times.push(await page.evaluate(drawnAfterKey));
  }
  return times.slice(warm);
}
