import { type Command, parseWords, wholeNumber } from '../../protocol/command-line.ts';
import { joinAndFinish, joinOnce } from '../services/follow.ts';
import { statusOf } from '../services/status-answer.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { statusInWords } from './status-words.ts';

const mostThreads = 1024;
/** Exit code of `run --once` where it contributed to no round: a script tells it from what failed. */
const nothingOpen = 3;

/** Takes part in rounds until the schedule is over and what is missing is reconstructed, or until it is stopped. */
export const takePartCommand: Command = {
  usage: `run [--once] [--threads N] ${plantUsage}`,
  summary:
    'Takes part in rounds until the schedule ends and everything missing is reconstructed, or until Ctrl-C. --once: takes part in what is open and ends, with exit code 3 where nothing was. --threads: CPU threads (default: all).',
  answersJson: true,
  example: '--data /data --threads 4',
  exits: { ...plantExits, [nothingOpen]: 'nothing open (with --once)' },
  run: async (words) => {
    const { values } = parseWords(words, {
      ...plantOptions,
      threads: { type: 'string' },
      once: { type: 'boolean', default: false },
    });
    const threads =
      values.threads === undefined ? undefined : wholeNumber('threads', values.threads, 1, mostThreads);
    let contributed = true;
    const code = await atPlant(
      values,
      { command: 'run', goesOn: !values.once, threads },
      async ({ workstation, call, language }) => {
        if (values.once) contributed = await joinOnce(workstation);
        else await joinAndFinish(workstation, () => {});
        const now = statusOf(await call('workstation.state', {}));
        printAnswer(values.json, now, statusInWords(now, language));
      },
    );
    return code === 0 && !contributed ? nothingOpen : code;
  },
};
