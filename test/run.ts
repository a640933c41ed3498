import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The tests start some hundred processes of the same few programs: each compiles them once, for all that follow.
import '../protocol/compiled-code.ts';
import { runChecks, runTool } from './support/checks.ts';
import { ensureChromium } from './support/chromium.ts';

/**
 * `npm test`: static checks, Vitest, Playwright, one after the other, all of them even when one fails.
 * The last line counts the tests of all suites.
 */
const folder = mkdtempSync(join(tmpdir(), 'fedrecon-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

function add(outcome: { passed: number; failed: number; skipped?: number }): void {
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  total.skipped += outcome.skipped ?? 0;
}

/** Counts of a runner's JSON report; a runner that left none, or ended badly with no failed test, is one failure. */
function counted(code: number, report: string, read: (json: unknown) => typeof total): typeof total {
  let outcome: typeof total;
  try {
    outcome = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

try {
  add(await runChecks());

  // The engine's WebGPU test runs on the graphics driver that Chromium brings, so it comes first.
  const chromium = await ensureChromium().catch((error: Error) => console.error(error.message));
  const vitestReport = join(folder, 'vitest.json');
  const vitest = await runTool([
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${vitestReport}`,
  ]);
  add(
    counted(vitest, vitestReport, (json) => {
      const report = json as { numPassedTests: number; numFailedTests: number; numPendingTests: number };
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests,
        skipped: report.numPendingTests,
      };
    }),
  );

  if (chromium) {
    const playwrightReport = join(folder, 'playwright.json');
    process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = playwrightReport;
    const playwright = await runTool(['playwright', 'test', '--reporter=list,json']);
    add(
      counted(playwright, playwrightReport, (json) => {
        const { stats } = json as {
          stats: { expected: number; unexpected: number; flaky: number; skipped: number };
        };
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
      }),
    );
  } else {
    add({ passed: 0, failed: 1 });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
