import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { temporaryRoot } from './temporary-root.ts';

/**
 * Temporary folder of one test file: everything that its tests and the processes that they start put into "the"
 * temporary folder lies in here, and goes when the file's last hook has run. Vitest runs this before each file.
 */
const outer = tmpdir();
const folder = mkdtempSync(join(temporaryRoot(), 'fedrecon-tests-'));
// A database server that a test starts runs as a user of its own, and has to reach its folder in here.
chmodSync(folder, 0o755);
const variables = ['TMPDIR', 'TEMP', 'TMP'] as const;
for (const name of variables) process.env[name] = folder;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  for (const name of variables) process.env[name] = outer;
});
