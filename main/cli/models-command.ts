import { type Command, parseWords } from '../../protocol/command-line.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { cardInWords, versionsInWords } from './model-words.ts';
import { versionIn } from './sign-command.ts';

/** Shows the model versions of a plant, or the card of one. */
export const modelsCommand: Command = {
  usage: `models [VERSION] ${plantUsage}`,
  summary:
    'Shows the model versions at this plant and which of them waits for a person; with VERSION its card: how well it reconstructs this plant’s own parts.',
  answersJson: true,
  example: '2 --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, plantOptions, [], 1);
    const [typed] = positionals;
    const version = typed === undefined ? undefined : versionIn('models', typed);
    return atPlant(values, { command: 'models' }, async ({ call, language }) => {
      if (version === undefined) {
        const models = await call('models.list', {});
        printAnswer(values.json, models, versionsInWords(models, language));
      } else {
        const card = await call('models.card', { version });
        printAnswer(values.json, card, cardInWords(card, language));
      }
    });
  },
};
