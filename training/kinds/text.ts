import type { TextModality } from '../../protocol/kinds/index.ts';
import { isNested, meansNumber } from '../cells/meant-numbers.ts';
import { usuallyNothing } from '../cells/nothing.ts';
import { positionsOf, wordsOf } from '../cells/words.ts';
import { isPath, mostCells } from './columns.ts';
import { misfitting } from './explaining.ts';
import type { TrainingKind } from './kind.ts';
import type { MeasuredParts, Summary } from './looking.ts';
import { presenceMisfit } from './misfit.ts';
import { emptyNotes, repeatedNotes } from './oddities/notes.ts';
import { isTime } from './times.ts';

/** Usual names of a column of notes, in the languages that plants write in. */
const noteNames: readonly string[] = [
  ...[
    'note',
    'notes',
    'comment',
    'comments',
    'remark',
    'remarks',
    '備考',
    '備考欄',
    'コメント',
    'メモ',
    '所見',
    '特記事項',
  ],
  ...[
    'bemerkung',
    'bemerkungen',
    'anmerkung',
    'anmerkungen',
    'kommentar',
    'notiz',
    'notizen',
    'remarque',
    'remarques',
  ],
  ...[
    'commentaire',
    'commentaires',
    'observaciones',
    'comentario',
    'comentarios',
    'observações',
    'osservazioni',
    'commento',
  ],
  ...[
    'opmerking',
    'opmerkingen',
    'uwagi',
    'komentarz',
    'poznámka',
    'poznámky',
    'megjegyzés',
    'observații',
    'примечание',
  ],
  ...[
    'комментарий',
    'açıklama',
    'ghi-chú',
    'หมายเหตุ',
    'catatan',
    'keterangan',
    '备注',
    '備註',
    '비고',
    '메모',
    '특이사항',
  ],
];

const longestShown = 120;
const wordsShown = 12;

/** Encodes a text for the model: `buckets` values, 1 at both positions of each of its words, else 0. */
export function encodeText({ buckets, maxWords }: TextModality, text: string): Float32Array {
  return encodeWords(buckets, wordsOf(text, maxWords));
}

function encodeWords(buckets: number, words: readonly string[]): Float32Array {
  const values = new Float32Array(buckets);
  for (const word of words) for (const position of positionsOf(word, buckets)) values[position] = 1;
  return values;
}

/** Training of texts: hashed words as 0/1, an independent Bernoulli for each bucket, cross-entropy from logits. */
export const textTraining: TrainingKind<TextModality> = {
  columns: () => 0,
  isReading: false,
  headers: noteNames,
  resembles: (_modality, cell) => wordsOf(cell, 8).filter((word) => /\p{L}/u.test(word)).length >= 3,

  read(modality, cells, { nothing }) {
    const note = cells[0]!;
    if (nothing.inText(note) || wordsOf(note, 1).length === 0) return undefined;
    return { shown: note, encode: () => ({ values: encodeText(modality, note), record: note }) };
  },

  mean: (raw, { sigmoid }) => sigmoid(raw),
  negativeLogLikelihood: (x, raw, { softplus, multiply, subtract, sumOfPart }) =>
    sumOfPart(subtract(softplus(raw), multiply(x, raw))),
  variance: (mean, { multiply, subtract }) => multiply(mean, subtract(1, mean)),
  ...presenceMisfit,
  measures: ['wrongWords'],

  baseline: 'zero',
  hasExtremes: false,
  pieces: ({ buckets }, values, _grain, words) =>
    words
      ? [...new Set(words)].map((word) => ({
          places: positionsOf(word, buckets),
          label: { kind: 'word', word },
        }))
      : [...values.keys()]
          .filter((place) => values[place] !== 0)
          .map((place) => ({ places: [place], label: { kind: 'word', word: `#${place}` } })),
  changed({ name, buckets }, _before, change) {
    if (!('words' in change)) throw misfitting(`${name} has words only`);
    return encodeWords(buckets, change.words);
  },

  understand(cells, _marks, { isSaid = false, isNote = false } = {}) {
    // Single words say nothing of what they are; the name of their column may.
    const isNamed = isNote && cells.some((cell) => /\p{L}/u.test(cell));
    return isSaid || isNamed || mostCells(cells, isSentence) ? { length: 1 } : undefined;
  },
  joinsColumns: false,
  standardFields: async () => ({ kind: 'text' }),
  shown: (_modality, _values, record) => ({
    kind: 'text',
    text: typeof record === 'string' ? record.slice(0, longestShown) : '',
  }),
  summary: frequentWords,
  oddities: [emptyNotes, repeatedNotes],
};

/** Two words and a letter; the way to a file is none, nor is a time, a list of values with gaps, or what a program nests. */
function isSentence(cell: string): boolean {
  if (wordsOf(cell, 2).length < 2 || !/\p{L}/u.test(cell)) return false;
  const isList = () =>
    cell
      .split(/[\s,;|]+/)
      .every((word) => /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(word) || usuallyNothing.inReading(word));
  return !isPath(cell) && !isTime(cell) && !isNested(cell) && !meansNumber(cell) && !isList();
}

function frequentWords({ modality, parts, records }: MeasuredParts<TextModality>): Summary {
  const counts = new Map<string, number>();
  for (const part of parts) {
    const text = records[part]?.values[modality.name];
    if (typeof text !== 'string') continue;
    for (const word of new Set(wordsOf(text, modality.maxWords)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, wordsShown)
    .map(([word, count]) => ({ word, parts: count }));
  return { words };
}
