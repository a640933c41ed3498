import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { failureOf } from '../services/follow.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { cardInWords, versionsInWords } from './model-words.ts';
import { saysYes } from './says-yes.ts';

const options = {
  ...plantOptions,
  reason: { type: 'string', default: '' },
  acknowledge: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

/** Number of a model version from a word. @throws FedReconError `usage` */
export function versionIn(command: string, typed: string): number {
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw usageError(`${command} takes the number of a model version, as models shows it, not "${typed}".`);
}

/** Signs a model version off for use, or goes back to one that was in use, once whoever types has seen its card and said yes. */
export const signCommand: Command = {
  usage: `sign VERSION [--reason TEXT] [--acknowledge] [--yes] ${plantUsage}`,
  summary:
    'Evaluates a model version where that was not done, shows its card, and signs it off for use once it is agreed to, by --yes or by a typed yes; then reconstructs with it. One that was in use before is gone back to. --acknowledge: it is known that this plant cannot judge all of it.',
  answersJson: true,
  example: '2 --as Lan:engineer --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the number of a model version']);
    const version = versionIn('sign', positionals[0]!);
    return atPlant(values, { command: 'sign' }, async ({ call, finished, language, workstation }) => {
      const stateOf = async () => {
        const found = (await call('models.list', {})).versions.find((one) => one.version === version);
        if (!found) throw new FedReconError('model-gone', { version });
        return found.state;
      };
      if ((await stateOf()) === 'received') await finished(() => call('models.evaluate', { version }));
      const card = await call('models.card', { version });
      // With --json, standard output is for the answer alone.
      (values.json ? console.error : console.log)(cardInWords(card, language).join('\n'));
      if (!values.yes && !(await saysYes('Sign this version off? / この版を承認しますか？')))
        throw new FedReconError('sign-off-not-confirmed', { version });
      const { reason, acknowledge: acknowledged } = values;
      const action = (await stateOf()) === 'retired' ? 'roll-back' : 'use';
      const models = await call('models.decide', { version, action, reason, acknowledged });
      await workstation.idle();
      const { job, reconstructed } = await call('workstation.state', {});
      if (job?.state === 'failed') throw failureOf(job);
      printAnswer(values.json, { version, action, reconstructed }, versionsInWords(models, language));
    });
  },
};

/** Holds a model version back, with a reason. */
export const holdCommand: Command = {
  usage: `hold VERSION --reason TEXT ${plantUsage}`,
  summary: 'Holds a model version back: it is not used here, and the log says why.',
  answersJson: true,
  example: '2 --reason "worse on thin parts" --as Lan:engineer --data /data',
  exits: plantExits,
  run: async (words) => {
    const { acknowledge: _, yes: __, ...own } = options;
    const { values, positionals } = parseWords(words, own, ['the number of a model version']);
    const version = versionIn('hold', positionals[0]!);
    return atPlant(values, { command: 'hold' }, async ({ call, language }) => {
      const models = await call('models.decide', { version, action: 'hold', reason: values.reason });
      printAnswer(values.json, { version, action: 'hold' }, versionsInWords(models, language));
    });
  },
};
