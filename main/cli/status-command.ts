import { resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { readHeldStatus } from '../services/held-status.ts';
import { statusInWords, statusOf } from '../services/status-answer.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { atPlant, plantOptions, printAnswer } from './at-plant.ts';

/** Says where a workstation stands, also while another process holds its data; starts nothing. */
export const plantStatus: Command = {
  usage: 'status [--data DIR] [--json]',
  summary:
    'Says where a workstation stands: federation, round, data, model, reconstructions. Starts nothing.',
  answersJson: true,
  run: async (words) => {
    const { values } = parseWords(words, { data: plantOptions.data, json: plantOptions.json });
    try {
      return await atPlant(values, {}, async ({ call }) => {
        const now = statusOf(await call('workstation.state', {}));
        printAnswer(values.json, now, statusInWords(now));
      });
    } catch (thrown) {
      const isHeld = thrown instanceof FedReconError && thrown.code === 'data-folder-in-use';
      const held = isHeld && (await readHeldStatus(resolve(values.data ?? defaultDataFolder())));
      if (!held) throw thrown;
      const { process, since, at, status } = held;
      const words = `Held by process ${process} since ${since}; this is from ${at}.`;
      printAnswer(values.json, status, [words, ...statusInWords(status)]);
      return 0;
    }
  },
};
