import { basename, resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { systemLanguage } from '../launch/language.ts';
import { atPlant, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { problemLine } from './problem-line.ts';
import { rolesWith, tableSettings } from './table-settings.ts';

const options = {
  ...plantOptions,
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const;

/** Imports a folder as the window does, once it is clear how its table is to be read. */
export const importFolderCommand: Command = {
  usage: `import FOLDER [--manifest FILE] [--set key=value …] ${plantUsage}`,
  summary:
    'Imports a folder by the plan that was joined (or shown by join), reconstructs what it lacks, and lists what it left out. --set as for inspect.',
  answersJson: true,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const settings = tableSettings(values.set ?? []);
    const { reading } = settings;
    const folder = resolve(positionals[0]!);
    const where = { folder, reading, ...(values.manifest !== undefined && { manifest: values.manifest }) };
    return atPlant(values, {}, async (plant) => {
      const found = await plant.call('data.preview', where);
      const { identity, manifest } = found;
      const isUnsure = identity.reason === 'looks' && settings.id === undefined;
      if (isUnsure && !Object.values(settings.columns).includes('id'))
        throw new FedReconError('id-unconfirmed', { column: identity.column! });
      const columns = rolesWith(found.columns, settings);
      const { data } = await plant.finished(() =>
        plant.call('data.import', { folder: found.folder, manifest, columns, reading }),
      );
      const language = systemLanguage();
      const problems = (await plant.call('data.problems', {})).map(({ row, table, column, error }) => ({
        ...{ row, ...(table !== undefined && { table }), column, code: error.code },
        message: `${error[language].title}. ${error[language].cure}`,
      }));
      printAnswer(
        values.json,
        { folder: found.folder, manifest, new: identity.new, known: identity.known, ...data, problems },
        [
          `${basename(manifest)} is imported: ${identity.new} new parts, ${identity.known} known. Here are ${data.parts} parts now.`,
          ...data.counts.map(
            ({ modality, present, missing }) => `  ${modality}: ${present}, missing ${missing}`,
          ),
          ...problems.map(problemLine),
        ],
      );
    });
  },
};
