import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import { answerTexts } from './answer-words.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { makeOutFolder } from './command-folders.ts';

const options = {
  ...plantOptions,
  out: { type: 'string' },
  modality: { type: 'string', multiple: true },
  decided: { type: 'boolean', default: false },
} as const;

/** Writes reconstructions as files, where the plan lets whoever works here. */
export const exportCommand: Command = {
  usage: `export --out DIR [--modality NAME …] [--decided] ${plantUsage}`,
  summary:
    'Writes reconstructions into new folders of DIR, with a manifest. --modality: only these; --decided: only those that somebody decided on. --as: whoever the plan lets export.',
  answersJson: true,
  example: '--out /out --data /data --as Lan:engineer',
  exits: plantExits,
  run: async (words) => {
    const { values } = parseWords(words, options);
    if (values.out === undefined) throw usageError('export needs --out DIR.');
    const { out } = values;
    return atPlant(values, { command: 'export' }, async ({ call, language }) => {
      const all = await call('review.queue', { limit: 1 });
      const modalities = values.modality ?? all.modalities;
      if (modalities.length === 0) throw new FedReconError('reconstructions-none');
      const folder = makeOutFolder(out);
      const exports: { modality: string; folder: string; parts: number }[] = [];
      for (const modality of modalities) {
        const parts: number[] = [];
        for (let after: string | null | undefined; after !== null; ) {
          const page = await call('review.queue', {
            modality,
            limit: 500,
            ...(after !== undefined && { after }),
          });
          parts.push(...page.items.map(({ part }) => part));
          after = page.next;
        }
        if (parts.length === 0) {
          const { federation } = await call('workstation.state', {});
          const known = federation?.plan.modalities.find(({ name }) => name === modality);
          throw new FedReconError('export-empty', known ? namedInErrors(known) : { modality });
        }
        const { path, entries } = await call('review.export', {
          ...{ modality, folder },
          ...(!values.decided && { parts }),
        });
        exports.push({ modality, folder: path, parts: entries });
      }
      printAnswer(
        values.json,
        { exports },
        exports.map((one) => answerTexts[language].exported(one.modality, one.parts, one.folder)),
      );
    });
  },
};
