import { vocabularyOf } from '../../training/cells/likely-words.ts';
import type { Vocabulary } from '../kinds/kind.ts';
import type { Store } from '../store/store.ts';

/** Creates the vocabulary of a plant: the words that its texts use, gathered once for the data as they are. */
export function createVocabulary(store: Store): Vocabulary {
  const known = new WeakMap<object, Map<string, ReadonlySet<string>>>();
  return (modality) => {
    const { name } = modality;
    // The counts are another object whenever the data are others.
    const data = store.parts.counts();
    const words = known.get(data) ?? new Map<string, ReadonlySet<string>>();
    known.set(data, words);
    const texts = () => store.parts.values(name).filter((value) => typeof value === 'string');
    const found = words.get(name) ?? vocabularyOf(texts(), modality);
    words.set(name, found);
    return found;
  };
}
