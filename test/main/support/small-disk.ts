import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folders.ts';

/** A real file system of `kilobytes`, or undefined (and a line that says so) where this user may not mount one. */
export function smallDisk(kilobytes: number): string | undefined {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'fedrecon-test', folder], {
      stdio: 'pipe',
    });
  } catch {
    console.warn('skipped: this user may not mount a small file system');
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return folder;
}
