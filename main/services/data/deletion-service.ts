import { FedReconError } from '../../../protocol/errors.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import type { Api } from '../../api/contract.ts';
import type { Deletion } from '../../store/parts.ts';
import { type Context, planInUse, settingNames } from '../context.ts';
import { refuseWhileBusy } from '../durable-jobs.ts';
import { followData } from '../membership.ts';
import { actorOf } from '../people-service.ts';
import { erasedFiles } from './erase.ts';

/** Names of parts that the log lists; of more it says how many. */
const namesLogged = 20;

/**
 * Taking back imports, and deleting measurements and parts. What rests on them follows: reconstructions of these parts are
 * forgotten and made again, truths and decisions count no more, what was trained and not yet sent is trained again, and
 * what the plant has follows its data.
 * @param changed called when there are other parts than before
 */
export function deletionService(
  context: Context,
  changed: () => void,
): Pick<Api, 'data.undoing' | 'data.undo' | 'data.delete'> {
  const { store } = context;

  function refuseWhileDataAreRead(): void {
    refuseWhileBusy(context);
    const [job] = store.jobs.unfinished();
    if (job) throw new FedReconError('job-busy', { kind: job.kind });
  }

  function knownImport(id: number) {
    const found = store.imports.get(id);
    if (!found) throw new FedReconError('import-unknown', { import: id });
    return found;
  }

  /** What follows in the same transaction. */
  function follow(): void {
    store.rounds.trainAgain();
    store.calibrations.forgetUnfinished();
    followData(store);
  }

  async function after(files: readonly string[]): Promise<void> {
    await store.discard(files);
    await store.files.forgetPictures();
    context.changed();
    changed();
  }

  return {
    'data.undoing': async ({ import: id }) => {
      knownImport(id);
      return store.imports.undoing(id);
    },
    'data.undo': async ({ import: id }) => {
      refuseWhileDataAreRead();
      const { at, folder, manifest, hash } = knownImport(id);
      const file = store.imports.file(id);
      const does = store.transaction(() => {
        const truths = store.truths.withdrawOf(id);
        const undone = store.imports.undo(id);
        follow();
        store.log.append({
          action: 'data.undone',
          actor: actorOf(store),
          object: hash,
          detail: { import: id, importedAt: at, folder, manifest, ...undone, truths },
        });
        return undone;
      });
      await after([file]);
      return does;
    },
    'data.delete': async ({ parts, modalities }) => {
      refuseWhileDataAreRead();
      const { plan } = planInUse(store);
      for (const name of modalities ?? []) modalityOf(plan, name);
      const deletion: Deletion = { parts, modalities };
      const files = await erasedFiles(store, deletion);
      const done = store.transaction(() => {
        for (const { import: id, after } of files)
          if (after !== undefined) store.imports.renameFile(id, after);
        const removed = store.parts.remove(deletion);
        const truths = store.truths.withdraw(removed.values);
        // They name parts, and quote notes.
        store.settings.set(settingNames.findings, null);
        follow();
        const names = [...new Set(removed.values.map(({ name }) => name))];
        const counts = Map.groupBy(removed.values, ({ modality }) => modality);
        store.log.append({
          action: 'data.deleted',
          actor: actorOf(store),
          object: '',
          detail: {
            ...{ parts: names.length, partsGone: removed.parts, values: removed.values.length, truths },
            modalities: Object.fromEntries([...counts].map(([modality, own]) => [modality, own.length])),
            ...(names.length <= namesLogged && { names }),
          },
        });
        return { parts: removed.parts, values: removed.values.length };
      });
      await after(files.map(({ before }) => before));
      return done;
    },
  };
}
