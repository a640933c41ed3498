import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The tests start some hundred processes of the same few programs: each compiles them once, for all that follow.
import '../protocol/compiled-code.ts';
import { gatherTool, runChecks, runTool, type ToolCommand } from './support/checks.ts';
import { ensureChromium } from './support/chromium.ts';
import { playwrightOutcome, type SuiteOutcome, vitestOutcome } from './support/reports.ts';

/**
 * `npm test`: static checks, Vitest and Playwright side by side, because each leaves a processor idle now and then; all
 * of them even when one fails. Vitest has the terminal; what the others print follows it, suite by suite, and then once
 * more what failed. The last line counts the tests of all suites.
 */
const folder = mkdtempSync(join(tmpdir(), 'fedrecon-test-'));
const vitestReport = join(folder, 'vitest.json');
const playwrightReport = join(folder, 'playwright.json');
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = playwrightReport;

const vitest: ToolCommand = [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${vitestReport}`,
];
const playwright: ToolCommand = ['playwright', 'test', '--reporter=list,json'];

/** Runs the static checks; what they print is kept. */
async function check(): Promise<{ outcome: SuiteOutcome; printed: string }> {
  let printed = '';
  const { passed, failed } = await runChecks([], (text) => {
    printed += text;
  });
  const outcome = {
    passed: passed.length,
    failed: failed.map((name) => ({ name: `check ${name}`, said: '' })),
    skipped: 0,
  };
  return { outcome, printed };
}

/** What a suite counted; one that left no report, or ended badly with no failed test, is one failure. */
function counted(name: string, code: number, read: () => SuiteOutcome): SuiteOutcome {
  let outcome: SuiteOutcome;
  try {
    outcome = read();
  } catch (error) {
    return { passed: 0, failed: [{ name, said: `left no report: ${(error as Error).message}` }], skipped: 0 };
  }
  return code !== 0 && outcome.failed.length === 0
    ? { ...outcome, failed: [{ name, said: `ended with exit code ${code}, though no test failed` }] }
    : outcome;
}

let outcomes: SuiteOutcome[];
try {
  const checking = check();
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
    checked.outcome,
    counted('Vitest', vitestCode, () => vitestOutcome(vitestReport)),
    counted('Playwright', shown.code, () => playwrightOutcome(playwrightReport)),
  ];
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const sum = (count: (outcome: SuiteOutcome) => number) =>
  outcomes.reduce((total, outcome) => total + count(outcome), 0);
const failed = outcomes.flatMap((outcome) => outcome.failed);
for (const { name, said } of failed) console.log(`\nFAILED ${name}\n${said}`);
const [passed, skipped] = [sum((outcome) => outcome.passed), sum((outcome) => outcome.skipped)];
console.log(`\n${passed} passed, ${failed.length} failed, ${skipped} skipped`);
process.exit(failed.length === 0 ? 0 : 1);
