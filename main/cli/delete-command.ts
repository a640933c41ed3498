import { basename } from 'node:path';
import { type Command, parseWords, usageError, wholeNumber } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { CallInput } from '../api/contract.ts';
import { atPlant, type PlantAtWork, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
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

/** Imports that `--list` shows. */
const mostListed = 200;
/** Parts of a page, where one is looked for by its name. */
const partsAtOnce = 200;

/** Takes an import back, or deletes parts and measurements, once whoever types has said yes. */
export const deleteCommand: Command = {
  usage: `delete --import N | --part NAME … [--modality NAME …] | --modality NAME … | --all  [--yes] ${plantUsage} | delete --list`,
  summary:
    'Takes an import back, or deletes parts, measurements of some or of all parts, or everything, once it is agreed to: by --yes, or by a typed yes. --list: the imports.',
  answersJson: true,
  run: async (words) => {
    const { values } = parseWords(words, options);
    const { import: taken, part, modality, all, list } = values;
    const said = [taken !== undefined, part !== undefined || modality !== undefined, all, list];
    if (said.filter(Boolean).length !== 1)
      throw usageError('delete takes one of --import N, --part NAME and --modality NAME, --all, or --list.');
    const id = taken === undefined ? undefined : wholeNumber('import', taken, 1, 999_999_999);
    return atPlant(values, {}, async (plant) => {
      if (list) return listImports(plant, values.json);
      // With --json, standard output is for the answer alone.
      const agreed = async (question: string) => {
        (values.json ? console.error : console.log)(question);
        if (!values.yes && !(await saysYes('Delete? / 削除しますか？')))
          throw new FedReconError('deletion-not-confirmed');
      };
      if (id !== undefined) {
        const { goes, returns, covered } = await plant.call('data.undoing', { import: id });
        await agreed(
          `Import ${id} is taken back: ${goes} values go, in the place of ${returns} others come back.`,
        );
        const done = await plant.call('data.undo', { import: id });
        await plant.workstation.idle();
        printAnswer(values.json, { import: id, ...done }, [
          `Import ${id} is taken back: ${goes} values went, ${returns} came back, ${covered} had been replaced since.`,
        ]);
        return;
      }
      const { data } = await plant.call('workstation.state', {});
      const parts = part && (await idsOf(plant, part));
      const what = modality ? modality.join(', ') : 'all that is measured';
      await agreed(
        `This deletes ${what} of ${parts ? parts.length : data.parts} parts. Nothing brings it back.`,
      );
      const deletion: CallInput<'data.delete'> = all
        ? { all: true }
        : { ...(parts && { parts }), ...(modality && { modalities: modality }) };
      const done = await plant.call('data.delete', deletion);
      await plant.workstation.idle();
      printAnswer(values.json, done, [
        `${done.values} values are deleted; of ${done.parts} parts nothing is left.`,
      ]);
    });
  },
};

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

async function listImports({ call }: PlantAtWork, json: boolean): Promise<void> {
  const { imports, total } = await call('data.imports', { limit: mostListed });
  const words = imports.map(
    ({ id, at, manifest, rows }) => `${String(id).padStart(4)}  ${at}  ${basename(manifest)}, ${rows} parts`,
  );
  printAnswer(json, { imports, total }, words.length > 0 ? words : ['Nothing is imported.']);
}
