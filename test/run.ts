import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The tests start some hundred processes of the same few programs: each compiles them once, for all that follow.
import '../protocol/compiled-code.ts';
import { gatherTool, runTool, type ToolCommand } from './support/checks.ts';
import { ensureChromium } from './support/chromium.ts';

/**
 * `npm test`: static checks, Vitest and Playwright side by side, because each leaves a processor idle now and then; all
 * of them even when one fails. Vitest has the terminal; what the others print follows it, suite by suite.
 * The last line counts the tests of all suites.
 */
const folder = mkdtempSync(join(tmpdir(), 'fedrecon-test-'));
const vitestReport = join(folder, 'vitest.json');
const playwrightReport = join(folder, 'playwright.json');
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = playwrightReport;

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const checks: ToolCommand = ['node', 'test/check.ts'];
const vitest: ToolCommand = [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${vitestReport}`,
];
const playwright: ToolCommand = ['playwright', 'test', '--reporter=list,json'];

/** Counts of the checks' last line. */
function checkCounts(printed: string): Outcome {
  const [passed, failed] = /^checks: (\d+) passed, (\d+) failed$/m.exec(printed)!.slice(1).map(Number);
  return { passed: passed!, failed: failed!, skipped: 0 };
}

/** Counts of Vitest's report. */
function vitestCounts(): Outcome {
  const report = JSON.parse(readFileSync(vitestReport, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  };
}

/** Counts of Playwright's report. */
function playwrightCounts(): Outcome {
  const { stats } = JSON.parse(readFileSync(playwrightReport, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** What a suite counted; one that left no report, or ended badly with no failed test, is one failure. */
function counted(code: number, read: () => Outcome): Outcome {
  let outcome: Outcome;
  try {
    outcome = read();
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

let outcomes: Outcome[];
try {
  const checking = gatherTool(checks);
  // The window's tests need Chromium, and the engine's WebGPU test runs on the graphics driver that it brings.
  const showing = await ensureChromium().then(
    () => ({ result: gatherTool(playwright) }),
    (error: Error) => ({ result: { code: 1, printed: `${error.message}\n` } }),
  );
  const vitestCode = await runTool(vitest);
  const checked = await checking;
  const shown = await showing.result;
  process.stdout.write(`${checked.printed}\n${shown.printed}`);
  outcomes = [
    counted(checked.code, () => checkCounts(checked.printed)),
    counted(vitestCode, vitestCounts),
    counted(shown.code, playwrightCounts),
  ];
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
