import { DatabaseSync } from 'node:sqlite';

/** Lock that the one process holds which has a data folder open. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock file, or returns undefined if another process has it. The lock is SQLite's, so the
 * operating system frees it when its holder dies, however it dies.
 */
export function tryLock(file: string): Lock | undefined {
  const holder = new DatabaseSync(file, { timeout: 0 });
  try {
    holder.exec('begin exclusive');
    return { release: () => holder.close() };
  } catch {
    holder.close();
    return undefined;
  }
}
