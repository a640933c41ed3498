import type { TextModality } from '../../../protocol/plan.ts';
import { positionsOf, wordsOf } from '../../cells/words.ts';
import type { DataKind } from './kind.ts';

/** A text as the model sees it: `buckets` values, 1 at both positions of each of its words, else 0. */
export function encodeText(modality: TextModality, text: string): Float32Array {
  const values = new Float32Array(modality.buckets);
  for (const word of wordsOf(text, modality.maxWords))
    for (const position of positionsOf(word, modality.buckets)) values[position] = 1;
  return values;
}

export const text: DataKind<TextModality> = {
  columns: () => 0,
  headers: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', '備考', 'コメント', 'メモ', '所見'],
  resembles: (_modality, cell) => wordsOf(cell, 8).filter((word) => /\p{L}/u.test(word)).length >= 3,

  async read(modality, cells) {
    const note = cells[0]!;
    if (wordsOf(note, 1).length === 0) return undefined;
    return { shown: note, encode: async () => ({ values: encodeText(modality, note), record: note }) };
  },
};
