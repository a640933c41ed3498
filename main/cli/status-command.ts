import { type Command, parseWords } from '../../protocol/command-line.ts';
import { atPlant, plantOptions, printAnswer } from './at-plant.ts';
import { statusInWords, statusOf } from './status-answer.ts';

/** Says where a workstation stands; starts nothing. */
export const plantStatus: Command = {
  usage: 'status [--data DIR] [--json]',
  summary:
    'Says where a workstation stands: federation, round, data, model, reconstructions. Starts nothing.',
  answersJson: true,
  run: async (words) => {
    const { values } = parseWords(words, { data: plantOptions.data, json: plantOptions.json });
    return atPlant(values, {}, async ({ call }) => {
      const now = statusOf(await call('workstation.state', {}));
      printAnswer(values.json, now, statusInWords(now));
    });
  },
};
