import { createPublicKey } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from '../api/contract.ts';
import type { Exported } from '../api/views.ts';
import { actionsOnReconstructions } from '../api/without.ts';
import { emptyHead, type Head } from '../log/entries.ts';
import { entryLine, sealLine } from '../log/log-file.ts';
import { unwritable } from '../store/file-errors.ts';
import { inTurns } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import { actorOf } from './people-service.ts';
import { permittedOnly } from './permission/guard.ts';

/** Number of entries that are written at once. */
const entriesAtOnce = 1000;

/** The log as the window shows it. */
export function logService({
  store,
  changed,
  log,
}: Context): Pick<Api, 'log.list' | 'log.verify' | 'log.export'> {
  return {
    'log.list': async ({ before, limit, text, actions }) => {
      // What may not be seen must not be found out by searching for it.
      const unsearched = permittedOnly(store, { shows: 'reconstructions' }) ? [] : actionsOnReconstructions;
      return inTurns(
        store.log.search({ text, actions, unsearched, limit, ...(before !== undefined && { before }) }),
      );
    },
    'log.verify': async () => {
      const state = await store.log.verify();
      // What is derived of a log is held to it where the log itself is whole.
      if (state.brokenAt === null && !(await inTurns(store.decisions.check())))
        log('the decisions beside the log were not what follows from it; they were made anew');
      return state;
    },
    'log.export': async ({ folder }) => {
      const at = new Date().toISOString();
      const file = `fedrecon-log-${at.slice(0, 19).replaceAll(':', '')}Z.jsonl`;
      const exported = await exportLog(store, join(folder, file), at);
      changed();
      return exported;
    },
  };
}

/**
 * Writes the whole log into a file for an auditor, this writing included as its last entry. The file appears when
 * it is complete.
 * @throws FedReconError `export-unwritable`
 */
export async function exportLog(
  store: Store,
  path: string,
  at: string = new Date().toISOString(),
): Promise<Exported> {
  const plant = store.enrolment.get()?.plant ?? '';
  const partial = `${path}.partial`;
  let head: Head = emptyHead;
  try {
    const file = await open(partial, 'w');
    try {
      const last = store.log.append({ action: 'log.exported', actor: actorOf(store), at, detail: { path } });
      while (head.sequence < last.sequence) {
        const entries = store.log.after(
          head.sequence,
          Math.min(entriesAtOnce, last.sequence - head.sequence),
        );
        await file.writeFile(entries.map(entryLine).join(''));
        head = entries.at(-1) ?? last;
      }
      const keys = { privateKey: store.key, publicKey: createPublicKey(store.key) };
      await file.writeFile(sealLine(head, { at, plant }, keys));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw unwritable(thrown, path);
  }
  return { path, entries: head.sequence };
}
