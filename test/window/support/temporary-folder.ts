import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryRoot } from '../../support/temporary-root.ts';

/**
 * Temporary folder of the window's tests: everything that they, the apps and the browsers put into "the" temporary
 * folder lies in here, and goes when the last of them is over. Playwright calls this before it starts its workers,
 * which take the variables over.
 * @returns what removes it
 */
export default async function ownTemporaryFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(temporaryRoot(), 'fedrecon-window-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
