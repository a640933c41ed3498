import { FedReconError } from '../../../protocol/errors.ts';
import { knownParts, nearProblems } from '../../../training/data/known-parts.ts';
import { partsInSlices } from '../../../training/data/parts-file.ts';
import { type ImportProblem, placeInWords } from '../../../training/data/problems.ts';
import { idIn } from '../../../training/data/said-columns.ts';
import type { ImportResult } from '../../../training/process/messages.ts';
import type { CheckedInput } from '../../api/contract.ts';
import type { Actor } from '../../log/entries.ts';
import { inTurns, type SliceDone } from '../../store/slices.ts';
import type { Context, OfferedPlan } from '../context.ts';
import { describe } from '../durable-jobs.ts';
import { followData } from '../membership.ts';
import { compareWithTruth, keepTruths } from '../truth-comparison.ts';
import { keptScales } from './picture-scales.ts';

/** What a person asked for, and who. */
export interface OrderedImport extends CheckedInput<'data.import'> {
  readonly by: Actor;
  /** Files of the folder that are still being written: what names them counts as missing. */
  readonly unfinished?: readonly string[];
}

interface TakingIn {
  readonly plan: OfferedPlan;
  readonly job: string;
  /** Hears of each slice of putting the import into use, and whether it is in use; what it throws ends it there. */
  told(done: SliceDone, isMade: boolean): void;
}

/**
 * Takes an import's files into the store, some parts at a time, as a layer over what is there. Nothing of it is seen before all is there, and an
 * import that is done again after a kill counts nothing twice.
 * @throws FedReconError `parts-none` where it holds no part, and nothing of what it is to remove is here
 */
export async function takeIn(
  { store, log }: Pick<Context, 'store' | 'log'>,
  result: ImportResult,
  { folder, manifest, columns, reading, pictures, empty = {}, by }: OrderedImport,
  { plan, job, told }: TakingIn,
): Promise<void> {
  const { sha256 } = await store.files.adopt(result.dataset);
  const rows = result.accepted;
  const of = { job, folder, manifest, by, planHash: plan.hash, file: sha256, rows };
  const scales = keptScales(result.pictures);
  const id = store.imports.begin({ ...of, settings: { columns, empty, reading, pictures, ...scales } });
  const idColumn = idIn(columns);
  const ids = idColumn === undefined ? undefined : knownParts([]);
  if (ids)
    for (const some of store.parts.pages()) {
      for (const part of some) ids.know(part.name);
      await new Promise(setImmediate);
    }
  let modalities: readonly string[] = [];
  let position = 0;
  let worst: ImportProblem | undefined;
  for await (const slice of partsInSlices(result.parts)) {
    modalities = slice.modalities ?? modalities;
    const { parts, emptied = [], problems = [] } = slice;
    store.imports.addParts(id, [
      ...parts.map(({ id: name, row, table, places, values }) => ({
        ...{ name, row, table, places, values, position: position++ },
        empty: modalities.filter((modality) => !(modality in values)),
      })),
      ...emptied.map(({ id: name, ...place }) => ({ ...place, name, values: {}, empty: modalities })),
    ]);
    store.imports.addProblems(id, problems);
    for (const { id: name, row, table } of parts) ids?.add(row, name, table);
    await new Promise(setImmediate);
    worst ??= problems[0];
  }
  if (ids) store.imports.addProblems(id, nearProblems(ids.result(), idColumn!));
  if (rows === 0 && worst && !store.imports.saysSomething(id)) {
    const { row, column } = worst;
    throw new FedReconError('parts-none', {
      ...{ rows: result.rows, row, column, list: result.parts },
      ...placeInWords(worst),
    });
  }
  const truths = await compareWithTruth(store, plan, id, sha256, (thrown) =>
    log(`reconstructions not compared: ${describe(thrown)}`),
  );
  let isMade = false;
  const put = store.imports.activate(id, (brought) => {
    keepTruths(store, truths, sha256);
    followData(store);
    store.log.append({
      action: 'data.imported',
      actor: by,
      object: sha256,
      detail: {
        ...{ import: id, folder, manifest, rows, problems: result.problems },
        ...{ partsNew: brought.partsNew, partsKnown: brought.partsKnown },
        modalities: brought.modalities.map((one) => ({ ...one })),
      },
    });
    isMade = true;
  });
  await inTurns(put, (done) => told(done, isMade));
}
