import type { SignalModality, TextModality } from '../../protocol/plan.ts';
import { likelyWords, vocabularyOf } from '../../training/cells/likely-words.ts';
import type { ValueView } from '../api/views.ts';
import type { Store } from '../store/store.ts';

/** Words that a reconstructed text is shown by. */
const wordsShown = 12;
/** A band around a signal. */
export interface Band {
  /** Standard deviation of each value, in 0…1. */
  readonly sigma: Float32Array;
  /** Half width in standard deviations. */
  readonly width: number;
}

/** A signal in its unit, with a band where one is known that keeps its promise. @param mean in 0…1 */
export function signalView(
  { range: [low, high] }: SignalModality,
  mean: Float32Array,
  around?: Band,
): ValueView {
  const inUnits = (value: number) => low + value * (high - low);
  const band = (side: number, { sigma, width }: Band) =>
    Array.from(mean, (value, index) => inUnits(value + side * width * sigma[index]!));
  return {
    kind: 'signal',
    values: Array.from(mean, inUnits),
    ...(around && { low: band(-1, around), high: band(1, around) }),
  };
}

/** The likeliest words among those that this plant's own texts use. */
export function wordsView(
  vocabulary: ReadonlySet<string>,
  modality: TextModality,
  probabilities: Float32Array,
): ValueView {
  const words = likelyWords(vocabulary, modality, probabilities).slice(0, wordsShown);
  return { kind: 'text', text: '', words };
}

/** The words that a plant uses in a text modality. */
export type Vocabulary = (modality: TextModality) => ReadonlySet<string>;

/** The words that a plant's texts use, gathered once for the data as they are. */
export function createVocabulary(store: Store): Vocabulary {
  const known = new WeakMap<object, Map<string, ReadonlySet<string>>>();
  return (modality) => {
    const { name } = modality;
    // The counts are another object whenever the data are others.
    const data = store.datasets.counts();
    const words = known.get(data) ?? new Map<string, ReadonlySet<string>>();
    known.set(data, words);
    const texts = () => store.datasets.values(name).filter((value) => typeof value === 'string');
    const found = words.get(name) ?? vocabularyOf(texts(), modality);
    words.set(name, found);
    return found;
  };
}
