import type { TextModality } from '../../protocol/plan.ts';
import { positionsOf, wordsOf } from './words.ts';

/** Vocabulary of some notes: every word that they hold. */
export function vocabularyOf(
  notes: readonly string[],
  { maxWords }: Pick<TextModality, 'maxWords'>,
): Set<string> {
  return new Set(notes.flatMap((note) => wordsOf(note, maxWords)));
}

/**
 * Words of a vocabulary with their probability, the likeliest first: both positions of a word must be lit. A position
 * alone names no word, so only words that someone uses can be told.
 * @param probabilities [buckets], one for each position
 */
export function likelyWords(
  vocabulary: ReadonlySet<string>,
  { buckets }: Pick<TextModality, 'buckets'>,
  probabilities: Float32Array,
): { word: string; probability: number }[] {
  return [...vocabulary]
    .map((word) => {
      const [first, second] = positionsOf(word, buckets);
      return { word, probability: Math.min(probabilities[first]!, probabilities[second]!) };
    })
    .sort((a, b) => b.probability - a.probability);
}
