import { basename, resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { scaleWords } from '../../training/cells/images/scale.ts';
import { rolesWith } from '../../training/data/said-columns.ts';
import type { ImportView } from '../api/views.ts';
import { answerTexts, doneInWords } from './answer-words.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { problemLine, problemMessage } from './problem-line.ts';
import { scaleLines } from './scale-lines.ts';
import { checkSaidModalities, tableSettings } from './table-settings.ts';

const options = {
  ...plantOptions,
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const;

type Done = ImportView['modalities'][number];

function isAsBefore({ added, replaced, same, removed }: Done): boolean {
  return added + removed + replaced - same === 0;
}

/** Imports a folder as the window does, once it is clear how its table is to be read. */
export const importFolderCommand: Command = {
  usage: `import FOLDER [--manifest FILE] [--set key=value]… ${plantUsage}`,
  summary:
    'Imports a folder by the plan that was joined (or shown by join), reconstructs what it lacks, and lists what it left out. --set as for inspect.',
  answersJson: true,
  example: '/parts --data /data --json',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const settings = tableSettings(values.set ?? []);
    const { reading, empty, pictures } = settings;
    const folder = resolve(positionals[0]!);
    const where = {
      folder,
      reading,
      pictures,
      ...(values.manifest !== undefined && { manifest: values.manifest }),
    };
    return atPlant(values, { command: 'import' }, async (plant) => {
      const { language } = plant;
      const t = answerTexts[language];
      const found = await plant.call('data.preview', where);
      const { identity, manifest, content } = found;
      const planned = [...found.counts.map(({ modality }) => modality), ...found.absent];
      checkSaidModalities(settings, planned);
      const isUnsure = identity.reason === 'looks' && settings.id === undefined;
      if (isUnsure && !Object.values(settings.columns).includes('id'))
        throw new FedReconError('id-unconfirmed', { column: identity.column! });
      const columns = rolesWith(found.columns, settings);
      const before = (await plant.call('data.imports', { limit: 1 })).imports[0]?.id;
      const { data } = await plant.finished(() =>
        plant.call('data.import', {
          folder: found.folder,
          manifest,
          columns,
          content,
          reading,
          empty,
          pictures,
        }),
      );
      const { imports } = await plant.call('data.imports', { limit: 1 });
      const [made] = imports.filter(({ id }) => id !== before) as [ImportView];
      const { partsNew, partsKnown, modalities } = made;
      const read = Object.entries(made.scales ?? {}).map(([modality, scales]) => ({
        modality,
        scales: Object.values(scales).map((scale) => ({ words: scaleWords(scale), from: scale.from })),
      }));
      const problems = (await plant.call('data.problems', { import: made.id })).map(
        ({ row, table, column, error }) => ({
          ...{ row, ...(table !== undefined && { table }), column, code: error.code },
          message: problemMessage(error, language),
        }),
      );
      printAnswer(
        values.json,
        {
          ...{ folder: found.folder, manifest, import: made.id, new: partsNew, known: partsKnown, ...data },
          ...{ did: modalities, pictures: read, problemCount: made.problems, problems },
        },
        [
          t.imported(basename(manifest), { id: made.id, fresh: partsNew, known: partsKnown }, data.parts),
          ...(modalities.every(isAsBefore) ? [t.allAsBefore] : []),
          ...data.counts.map(({ modality, present, missing }) => {
            const done = modalities.find((one) => one.modality === modality);
            return `  ${t.counts(modality, present, missing)}${done ? doneInWords(done, t) : ''}`;
          }),
          ...read.flatMap(({ modality, scales }) => scaleLines(modality, scales)),
          ...problems.map(problemLine),
          ...(made.problems > problems.length ? [t.moreProblems(made.problems - problems.length)] : []),
        ],
      );
    });
  },
};
