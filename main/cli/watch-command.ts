import { once } from 'node:events';
import { resolve } from 'node:path';
import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { rolesWith } from '../../training/data/said-columns.ts';
import type { DataPreview } from '../api/views.ts';
import { statusOf } from '../services/status-answer.ts';
import { answerTexts } from './answer-words.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { statusInWords } from './status-words.ts';
import { type TableSettings, tableSettings } from './table-settings.ts';

const options = {
  ...plantOptions,
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
  take: { type: 'string', multiple: true },
  unended: { type: 'boolean', default: false },
  off: { type: 'boolean', default: false },
} as const;

/** Keeps importing a folder and takes part in rounds, until it is stopped; the app goes on with it when it is opened. */
export const watchCommand: Command = {
  usage: `watch FOLDER [--manifest FILE] [--set key=value]… [--take FILE …] [--unended] ${plantUsage} | watch --off [--data DIR]`,
  summary:
    'Imports a folder whenever what lies there is finished and new, and takes part in rounds, until Ctrl-C; the app or the next watch goes on. --take: takes a file as it is that looks unfinished; --unended: the last line of tables here never has an end; --off: no more.',
  answersJson: true,
  example: '/parts --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, [], 1);
    const [named] = positionals;
    if (values.off === (named !== undefined)) throw usageError('watch takes a folder, or --off.');
    const settings = tableSettings(values.set ?? []);
    const { reading, empty, pictures } = settings;
    return atPlant(
      values,
      { command: 'watch', goesOn: named !== undefined },
      async ({ call, stopped, language }) => {
        if (named === undefined) {
          await call('data.watch', { watch: null });
          printAnswer(values.json, { watching: null }, [answerTexts[language].unwatched]);
          return;
        }
        const folder = resolve(named);
        const manifest = values.manifest;
        const where = { folder, reading, pictures, ...(manifest !== undefined && { manifest }) };
        const isSaid = settings.id !== undefined || Object.keys(settings.columns).length > 0;
        const columns = isSaid ? { columns: rolesOf(await call('data.preview', where), settings) } : {};
        await call('data.watch', { watch: { ...where, ...columns, empty, unended: values.unended } });
        for (const file of values.take ?? []) await call('data.takeUnfinished', { file });
        const { federation, data } = await call('workstation.state', {});
        // What is here already need not wait for something new.
        if (federation && data.parts > 0) await call('round.join', {});
        const { readAs } = await call('data.watched', {});
        console.error(answerTexts[language].watched(folder, readAs));
        // A signal alone keeps no process alive.
        const awake = setInterval(() => {}, 0x7f_ff_ff_ff);
        if (!stopped.aborted) await once(stopped, 'abort');
        clearInterval(awake);
        const now = statusOf(await call('workstation.state', {}));
        printAnswer(values.json, now, statusInWords(now, language));
      },
    );
  },
};

/** Roles of the columns, but of pictures that are called after parts only where they were said: such pictures come and go. */
function rolesOf(
  { columns, reading: { named } }: DataPreview,
  settings: TableSettings,
): Record<string, string> {
  const roles = Object.entries(rolesWith(columns, settings));
  return Object.fromEntries(
    roles.filter(([name]) => !named?.columns.includes(name) || Object.hasOwn(settings.columns, name)),
  );
}
