import { resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { readHeldStatus } from '../services/held-status.ts';
import { type StatusAnswer, statusOf } from '../services/status-answer.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { atPlant, plantExits, plantOptions, printAnswer } from './at-plant.ts';
import { languageOf } from './command-language.ts';
import { statusInWords } from './status-words.ts';

/** Says where a workstation stands, also while another process holds its data; starts nothing. */
export const plantStatus: Command = {
  usage: 'status [--data DIR] [--language ja|en] [--json]',
  summary:
    'Says where a workstation stands: federation, round, data, model, reconstructions. Starts nothing.',
  answersJson: true,
  example: '--data /data --json',
  exits: plantExits,
  run: async (words) => {
    const { data, json, language } = plantOptions;
    const { values } = parseWords(words, { data, json, language });
    const say = (status: StatusAnswer) =>
      printAnswer(values.json, status, statusInWords(status, languageOf(values.language)));
    try {
      return await atPlant(values, { command: 'status' }, async ({ call }) => {
        say(statusOf(await call('workstation.state', {})));
      });
    } catch (thrown) {
      const isHeld = thrown instanceof FedReconError && thrown.code === 'data-folder-in-use';
      const held = isHeld && (await readHeldStatus(resolve(values.data ?? defaultDataFolder())));
      if (!held) throw thrown;
      say(held);
      return 0;
    }
  },
};
