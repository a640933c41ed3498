import { readPartsFile } from '../../../training/data/parts-file.ts';
import type { ImportResult } from '../../../training/process/messages.ts';
import type { CheckedInput } from '../../api/contract.ts';
import type { Actor } from '../../log/entries.ts';
import { inTurns, type SliceDone } from '../../store/slices.ts';
import type { Context, OfferedPlan } from '../context.ts';
import { describe } from '../durable-jobs.ts';
import { followData } from '../membership.ts';
import { compareWithTruth, keepTruths } from '../truth-comparison.ts';

/** What a person asked for, and who. */
export interface OrderedImport extends CheckedInput<'data.import'> {
  readonly by: Actor;
}

interface TakingIn {
  readonly plan: OfferedPlan;
  readonly job: string;
  /** Hears of each slice of putting the import into use, and whether it is in use; what it throws ends it there. */
  told(done: SliceDone, isMade: boolean): void;
}

/** Rows that are stored in one transaction: short enough that the window does not notice. */
const rowsAtOnce = 500;

/**
 * Takes an import's files into the store, as a layer over what is there. Nothing of it is seen before all is there, and an
 * import that is done again after a kill counts nothing twice.
 */
export async function takeIn(
  { store, log }: Context,
  result: ImportResult,
  { folder, manifest, columns, empty = {}, by }: OrderedImport,
  { plan, job, told }: TakingIn,
): Promise<void> {
  const { parts, problems, modalities, emptied } = await readPartsFile(result.parts);
  const { sha256 } = await store.files.adopt(result.dataset);
  const of = { job, folder, manifest, by, planHash: plan.hash, file: sha256, rows: parts.length };
  const id = store.imports.begin({ ...of, settings: { columns, empty } });
  const said = [
    ...parts.map((part, position) => ({
      ...{ position, row: part.row, name: part.id },
      values: part.values,
      empty: modalities.filter((name) => !(name in part.values)),
    })),
    ...emptied.map(({ id, row }) => ({ row, name: id, values: {}, empty: modalities })),
  ];
  for (let first = 0; first < said.length; first += rowsAtOnce) {
    store.imports.addParts(id, said.slice(first, first + rowsAtOnce));
    await new Promise(setImmediate);
  }
  for (let first = 0; first < problems.length; first += rowsAtOnce)
    store.imports.addProblems(id, problems.slice(first, first + rowsAtOnce));
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
        ...{ import: id, folder, manifest, rows: parts.length, problems: problems.length },
        ...{ partsNew: brought.partsNew, partsKnown: brought.partsKnown },
        modalities: brought.modalities.map((one) => ({ ...one })),
      },
    });
    isMade = true;
  });
  await inTurns(put, (done) => told(done, isMade));
}
