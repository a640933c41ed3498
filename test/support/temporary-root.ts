import { statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const memoryDisk = '/dev/shm';
const enough = 4 * 2 ** 30;

/**
 * Folder that the tests' temporary folders are made in: in memory where the system has a disk of memory with 4 GB to
 * spare, else the system's own. Databases wait for the disk at each commit, and the tests ask nothing of a disk that
 * memory does not do as well: killed processes lose neither.
 */
export function temporaryRoot(): string {
  try {
    const { bavail, bsize } = statfsSync(memoryDisk);
    return Math.min(bavail * bsize, freemem()) >= enough ? memoryDisk : tmpdir();
  } catch {
    return tmpdir();
  }
}
