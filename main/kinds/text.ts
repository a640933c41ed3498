import type { TextModality } from '../../protocol/kinds/index.ts';
import { likelyWords } from '../../training/cells/likely-words.ts';
import { wordsOf } from '../../training/cells/words.ts';
import type { ExplainedSource, WorkstationKind } from './kind.ts';
import { weighText } from './segments.ts';

/** Number of words that a reconstructed text is shown by. */
const wordsShown = 12;
const longestOnPaper = 46;

/** Texts: a measured one stands as it was written, a reconstructed one is the likeliest of the plant's own words. */
export const textInWorkstation: WorkstationKind<TextModality> = {
  planFields: () => ({}),
  measured: (_modality, value) => ({ kind: 'text', text: typeof value === 'string' ? value : '' }),
  async drawn(modality, { isMeasured, values, vocabulary }) {
    const words = likelyWords(vocabulary(modality), modality, await values()).slice(0, wordsShown);
    if (!isMeasured) return { kind: 'text', text: '', words };
    // Of a note that was written only its words are kept, and they are certain.
    const written = words.filter(({ probability }) => probability > 0.5).map(({ word }) => word);
    return { kind: 'text', text: written.join(' ') };
  },
  explained: ({ name, maxWords }, { units, written }) => ({
    kind: 'text',
    segments: weighText(written, maxWords, wordWeights(name, units)),
    words: [...new Set(wordsOf(written, maxWords))],
  }),
  kept: ({ text }) => ({ kind: 'text', text }),
  figure: ({ text }) => ({ form: 'words', words: text.slice(0, longestOnPaper) || '–' }),
  table: {
    head: ({ name }) => [`${name}_likely_words`],
    cells(_modality, view) {
      const words = view.kind === 'text' ? (view.words ?? []) : [];
      return [words.map(({ word, probability }) => `${word} ${probability.toFixed(3)}`).join('; ')];
    },
  },
};

function wordWeights(modality: string, units: ExplainedSource['units']): Map<string, number> {
  return new Map(
    units.flatMap((unit) =>
      unit.modality === modality && unit.label.kind === 'word'
        ? [[unit.label.word, unit.attribution] as const]
        : [],
    ),
  );
}
