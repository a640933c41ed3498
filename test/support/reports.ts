import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A test that failed, with the beginning of what it said. */
export interface FailedTest {
  readonly name: string;
  readonly said: string;
}

/** What a suite counted, and which tests failed. */
export interface SuiteOutcome {
  readonly passed: number;
  readonly failed: readonly FailedTest[];
  readonly skipped: number;
}

/** Part of Vitest's JSON report. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Part of a suite in Playwright's JSON report. */
interface PlaywrightSuite {
  readonly specs: readonly {
    readonly file: string;
    readonly line: number;
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

/** Reads Vitest's JSON report. @throws where the file is missing or no report */
export function vitestOutcome(file: string): SuiteOutcome {
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const failed = report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    const name = relative('.', path);
    const tests = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) =>
        failedTest(`${name} › ${fullName}`, failureMessages.join('\n')),
      );
    // A file that fails without a failed test did not load, or its hooks failed.
    return status === 'failed' && tests.length === 0 ? [failedTest(name, message)] : tests;
  });
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

/** Reads Playwright's JSON report; a test that passes only when tried again has failed. @throws as `vitestOutcome` */
export function playwrightOutcome(file: string): SuiteOutcome {
  const { suites, stats, errors } = JSON.parse(readFileSync(file, 'utf8')) as {
    suites: readonly PlaywrightSuite[];
    stats: { expected: number; skipped: number };
    errors: readonly { message?: string }[];
  };
  const specs = (suite: PlaywrightSuite): PlaywrightSuite['specs'] => [
    ...suite.specs,
    ...(suite.suites ?? []).flatMap(specs),
  ];
  const failed = suites
    .flatMap(specs)
    .flatMap(({ file: spec, line, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) =>
          failedTest(
            `${spec}:${line} › ${title}`,
            results.map(({ error }) => error?.message ?? '').join('\n'),
          ),
        ),
    );
  const beside = errors.map(({ message }) => failedTest('beside the tests', message ?? ''));
  return { passed: stats.expected, failed: [...failed, ...beside], skipped: stats.skipped };
}

/** Lines of what a failed test said that are shown: the rest stands where it failed. */
const shownLines = 15;

function failedTest(name: string, said: string): FailedTest {
  const lines = stripVTControlCharacters(said)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('node_modules'));
  return { name, said: lines.slice(0, shownLines).join('\n') };
}
