import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../../training/process/files/whole-files.ts';
import type { WorkstationState } from '../api/views.ts';
import { describe } from './durable-jobs.ts';
import { type StatusAnswer, statusAnswer, statusOf } from './status-answer.ts';

/** Where a workstation stands, as the process that holds its data folder wrote it down: the folder's database can be read by nobody else. */
const heldStatus = z.strictObject({
  process: z.int().positive(),
  /** When that process opened the folder, and when it wrote this. */
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  status: statusAnswer,
});
type HeldStatus = z.infer<typeof heldStatus>;

const pathIn = (dataFolder: string) => join(dataFolder, 'status.json');

/** The status that is kept beside the data of an open workstation. */
interface KeptStatus {
  /** Writes it down anew, soon; changes that come while it is written are written once. */
  changed(state: WorkstationState): void;
  /** Takes the file away. */
  close(): Promise<void>;
}

/** Keeps the status of an open workstation in its data folder. A disk that cannot take it is said in `log`, and nothing else fails of it. */
export function keepStatus(dataFolder: string, log: (line: string) => void): KeptStatus {
  const since = new Date().toISOString();
  let next: StatusAnswer | undefined;
  let writing: Promise<void> | undefined;
  async function write(): Promise<void> {
    while (next) {
      const status = next;
      next = undefined;
      const held: HeldStatus = { process: process.pid, since, at: new Date().toISOString(), status };
      await writeAtomically(pathIn(dataFolder), Buffer.from(JSON.stringify(held))).catch((thrown: unknown) =>
        log(`status: ${describe(thrown)}`),
      );
    }
    writing = undefined;
  }
  return {
    changed: (state) => {
      next = statusOf(state);
      writing ??= write();
    },
    close: async () => {
      next = undefined;
      await writing;
      await rm(pathIn(dataFolder), { force: true }).catch((thrown: unknown) =>
        log(`status: ${describe(thrown)}`),
      );
    },
  };
}

/** The status that the process holding a data folder wrote there; undefined where there is none, or that process is gone. */
export async function readHeldStatus(dataFolder: string): Promise<HeldStatus | undefined> {
  const text = await readFile(pathIn(dataFolder), 'utf8').catch(() => '');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = heldStatus.safeParse(document);
  return data && isAlive(data.process) ? data : undefined;
}

/** Whether a process runs; one of another person may not be signalled, and runs. */
function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
