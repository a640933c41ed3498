import { basename } from 'node:path';
import { type Command, parseWords, usageError, wholeNumber } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { CallInput } from '../api/contract.ts';
import { answerTexts } from './answer-words.ts';
import { atPlant, type PlantAtWork, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { saysYes } from './says-yes.ts';

const options = {
  ...plantOptions,
  import: { type: 'string' },
  part: { type: 'string', multiple: true },
  modality: { type: 'string', multiple: true },
  all: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

/** Imports that are listed. */
const mostListed = 200;
/** Parts of a page, where one is looked for by its name. */
const partsAtOnce = 200;

/** Takes an import back, or deletes parts and measurements, once whoever types has said yes. */
export const deleteCommand: Command = {
  usage: `delete --import N | --part NAME … [--modality NAME …] | --modality NAME … | --all  [--yes] ${plantUsage} | delete --list`,
  summary:
    'Takes an import back, or deletes parts, measurements of some or of all parts, or everything, once it is agreed to: by --yes, or by a typed yes. --list: the imports.',
  answersJson: true,
  example: '--part P-17 --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values } = parseWords(words, options);
    const { import: taken, part, modality, all, list } = values;
    const said = [taken !== undefined, part !== undefined || modality !== undefined, all, list];
    if (said.filter(Boolean).length !== 1)
      throw usageError('delete takes one of --import N, --part NAME and --modality NAME, --all, or --list.');
    const id = taken === undefined ? undefined : wholeNumber('import', taken, 1, 999_999_999);
    return atPlant(values, { command: 'delete' }, async (plant) => {
      if (list) return listImports(plant, values.json);
      if (id !== undefined) return undoImport(plant, id, values);
      const { data } = await plant.call('workstation.state', {});
      const parts = part && (await idsOf(plant, part));
      const t = answerTexts[plant.language];
      await agreeTo(t.deletes(modality?.join(', '), parts ? parts.length : data.parts), values);
      const deletion: CallInput<'data.delete'> = all
        ? { all: true }
        : { ...(parts && { parts }), ...(modality && { modalities: modality }) };
      const done = await plant.call('data.delete', deletion);
      await plant.workstation.idle();
      printAnswer(values.json, done, [t.deleted(done.values, done.parts)]);
    });
  },
};

/** Asks whoever types, unless that was answered by `--yes`. @throws FedReconError `deletion-not-confirmed` */
async function agreeTo(question: string, { json, yes }: Answering): Promise<void> {
  // With --json, standard output is for the answer alone.
  (json ? console.error : console.log)(question);
  if (!yes && !(await saysYes('Delete? / 削除しますか？'))) throw new FedReconError('deletion-not-confirmed');
}

/** How a deletion is answered: as JSON, and without a question. */
interface Answering {
  readonly json: boolean;
  readonly yes: boolean;
}

/** Takes an import back, once that is agreed to. */
export async function undoImport(
  { call, workstation, language }: PlantAtWork,
  id: number,
  how: Answering,
): Promise<void> {
  const t = answerTexts[language];
  const does = await call('data.undoing', { import: id });
  await agreeTo(t.undoes(id, does), how);
  const done = await call('data.undo', { import: id });
  await workstation.idle();
  printAnswer(how.json, { import: id, ...done }, [t.undone(id, does)]);
}

/** Ids of parts by their names. @throws FedReconError `usage` naming the first that is not here */
async function idsOf({ call }: PlantAtWork, names: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const text of new Set(names)) {
    let found: number | undefined;
    for (let after: string | undefined; found === undefined; ) {
      const page = await call('data.parts', {
        text,
        limit: partsAtOnce,
        ...(after !== undefined && { after }),
      });
      found = page.parts.find(({ name }) => name === text)?.id;
      if (found === undefined && page.next === null) throw usageError(`No part here is called "${text}".`);
      after = page.next ?? undefined;
    }
    ids.push(found);
  }
  return ids;
}

/** Shows the imports that can be taken back, the newest first. */
export async function listImports({ call, language }: PlantAtWork, json: boolean): Promise<void> {
  const t = answerTexts[language];
  const { imports, total } = await call('data.imports', { limit: mostListed });
  const words = imports.map(
    ({ id, at, manifest, rows }) =>
      `${String(id).padStart(4)}  ${at}  ${basename(manifest)}, ${t.parts(rows)}`,
  );
  printAnswer(json, { imports, total }, words.length > 0 ? words : [t.importsNone]);
}
