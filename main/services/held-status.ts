import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { writeAtomically } from '../../training/process/files/whole-files.ts';
import type { WorkstationState } from '../api/views.ts';
import { describe } from './durable-jobs.ts';
import { type StatusAnswer, statusAnswer, statusOf } from './status-answer.ts';

const pathIn = (dataFolder: string) => join(dataFolder, 'status.json');

/** The status that is kept beside the data of an open workstation. */
interface KeptStatus {
  /** Writes it down anew, soon; changes that come while it is written are written once. */
  changed(state: WorkstationState): void;
  /** Takes the file away. */
  close(): Promise<void>;
}

/**
 * Keeps the status of an open workstation in its data folder, whose database nobody else can read meanwhile. A disk that cannot take it
 * is said in `log`, and nothing else fails of it.
 * @param program what this process is: a command by its name, or the app
 */
export function keepStatus(dataFolder: string, program: string, log: (line: string) => void): KeptStatus {
  const since = new Date().toISOString();
  let next: StatusAnswer | undefined;
  let writing: Promise<void> | undefined;
  async function write(): Promise<void> {
    while (next) {
      const status = next;
      next = undefined;
      const heldBy = { process: process.pid, program, since, at: new Date().toISOString() };
      const held: StatusAnswer = { ...status, heldBy };
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
export async function readHeldStatus(dataFolder: string): Promise<StatusAnswer | undefined> {
  const text = await readFile(pathIn(dataFolder), 'utf8').catch(() => '');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = statusAnswer.safeParse(document);
  return data?.heldBy && isAlive(data.heldBy.process) ? data : undefined;
}

/** A refusal of a data folder that another process has open, with what that process wrote of itself; any other as it is. */
export async function withHolder(thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof FedReconError) || thrown.code !== 'data-folder-in-use') return thrown;
  const held = (await readHeldStatus(String(thrown.detail.folder)))?.heldBy;
  if (!held) return thrown;
  const { process, program, since } = held;
  const detail = {
    ...thrown.detail,
    holder: ` (process ${process}, ${program}, since ${since})`,
    holderJa: `（プロセス ${process}、${program}、${since} から）`,
  };
  return new FedReconError(thrown.code, detail, { cause: thrown });
}

/** Whether a process runs; one of another person may not be signalled, and runs. */
function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
