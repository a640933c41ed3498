import { type Command, parseWords, wholeNumber } from '../../protocol/command-line.ts';
import { joinAndFinish } from '../services/follow.ts';
import { atPlant, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { statusInWords, statusOf } from './status-answer.ts';

const mostThreads = 1024;

/** Takes part in rounds until the schedule is over and what is missing is reconstructed, or until it is stopped. */
export const takePartCommand: Command = {
  usage: `run [--threads N] ${plantUsage}`,
  summary:
    'Takes part in rounds until the schedule ends and everything missing is reconstructed, or until Ctrl-C. --threads: CPU threads (default: all).',
  answersJson: true,
  run: async (words) => {
    const { values } = parseWords(words, { ...plantOptions, threads: { type: 'string' } });
    const threads =
      values.threads === undefined ? undefined : wholeNumber('threads', values.threads, 1, mostThreads);
    return atPlant(values, { goesOn: true, threads }, async ({ workstation, call }) => {
      await joinAndFinish(workstation, () => {});
      const now = statusOf(await call('workstation.state', {}));
      printAnswer(values.json, now, statusInWords(now));
    });
  },
};
