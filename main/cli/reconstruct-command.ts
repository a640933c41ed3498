import { type Command, parseWords } from '../../protocol/command-line.ts';
import { counted } from '../api/format.ts';
import { atPlant, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';

/** Reconstructs everything that is missing with the newest model. */
export const reconstructCommand: Command = {
  usage: `reconstruct ${plantUsage}`,
  summary:
    'Fetches the newest model, judges it, and reconstructs everything that is missing with the one in use.',
  answersJson: true,
  example: '--data /data',
  exits: plantExits,
  run: async (words) => {
    const { values } = parseWords(words, plantOptions);
    return atPlant(values, { command: 'reconstruct' }, async ({ call, finished }) => {
      const { reconstructed, adoption } = await finished(() => call('review.refresh', {}));
      const answer = { reconstructed, pending: adoption.pending };
      printAnswer(values.json, answer, [
        reconstructed
          ? `${counted(reconstructed.parts, 'part is', 'parts are')} reconstructed with model ${reconstructed.modelVersion}.`
          : 'Nothing is missing that could be reconstructed.',
        ...(adoption.pending ? [`Model ${adoption.pending.version} waits for a person.`] : []),
      ]);
    });
  },
};
