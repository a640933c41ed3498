import { readFile } from 'node:fs/promises';
import type { PartsFile } from '../../../training/data/dataset.ts';
import type { ImportResult } from '../../../training/process/messages.ts';
import type { CheckedInput } from '../../api/contract.ts';
import type { Actor } from '../../log/entries.ts';
import type { Context, OfferedPlan } from '../context.ts';
import { describe } from '../durable-jobs.ts';
import { followData } from '../membership.ts';
import { compareWithTruth, keepTruths } from '../truth-comparison.ts';

/** What a person asked for, and who. */
export interface OrderedImport extends CheckedInput<'data.import'> {
  readonly by: Actor;
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
  { plan, job }: { readonly plan: OfferedPlan; readonly job: string },
): Promise<void> {
  const { parts, problems, modalities, emptied } = JSON.parse(
    await readFile(result.parts, 'utf8'),
  ) as PartsFile;
  const { sha256 } = await store.files.adopt(result.dataset);
  const of = { job, folder, manifest, by, planHash: plan.hash, file: sha256, rows: parts.length };
  const id = store.imports.begin({ ...of, settings: { columns, empty } });
  const said = [
    ...parts.map((part, position) => ({
      position,
      name: part.id,
      values: part.values,
      empty: modalities.filter((name) => !(name in part.values)),
    })),
    ...emptied.map((row) => ({ name: row.id, values: {}, empty: modalities })),
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
  store.transaction(() => {
    const brought = store.imports.activate(id);
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
  });
}
