import { wordSpans } from '../../training/cells/words.ts';

/** Piece of a text with the weight of the words in it; null between words. */
interface Segment {
  readonly text: string;
  readonly weight: number | null;
}

/**
 * A text cut where the weight of its words changes. Where words overlap, as pairs of characters do, a character has the
 * mean weight of its words. A text whose letters change their number when they are normalised is shown normalised.
 * @param weights by word as `wordsOf` gives them; other words have none
 */
export function weighText(text: string, maxWords: number, weights: ReadonlyMap<string, number>): Segment[] {
  const { shown, spans } = wordSpans(text, maxWords);
  const characters = Array.from({ length: shown.length }, () => ({ sum: 0, words: 0 }));
  for (const { word, start, end } of spans) {
    const weight = weights.get(word);
    if (weight === undefined) continue;
    for (const character of characters.slice(start, end)) {
      character.sum += weight;
      character.words++;
    }
  }
  const segments: { text: string; weight: number | null }[] = [];
  for (const [index, { sum, words }] of characters.entries()) {
    const weight = words > 0 ? sum / words : null;
    const last = segments.at(-1);
    if (last && last.weight === weight) last.text += shown[index];
    else segments.push({ text: shown[index]!, weight });
  }
  return segments;
}
