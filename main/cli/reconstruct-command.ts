import { type Command, parseWords } from '../../protocol/command-line.ts';
import { answerTexts } from './answer-words.ts';
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
    return atPlant(values, { command: 'reconstruct' }, async ({ call, finished, language }) => {
      const t = answerTexts[language];
      const { reconstructed, adoption } = await finished(() => call('review.refresh', {}));
      const answer = { reconstructed, pending: adoption.pending };
      printAnswer(values.json, answer, [
        reconstructed ? t.reconstructed(reconstructed.parts, reconstructed.modelVersion) : t.nothingMissing,
        ...(adoption.pending ? [t.waits(adoption.pending.version)] : []),
      ]);
    });
  },
};
