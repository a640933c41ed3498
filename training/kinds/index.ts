import type { Modality, ModalityKind, ModalityOf } from '../../protocol/kinds/index.ts';
import { categoryTraining } from './category.ts';
import { imageTraining } from './image.ts';
import type { TrainingKind } from './kind.ts';
import { signalTraining } from './signal.ts';
import { textTraining } from './text.ts';

/** Kinds, in the order in which a column of a manifest is tried as each of them. */
const kinds: { readonly [K in ModalityKind]: TrainingKind<ModalityOf<K>> } = {
  image: imageTraining,
  category: categoryTraining,
  signal: signalTraining,
  text: textTraining,
};

/** Training's table entry of a modality's kind. */
export function trainingKind({ kind }: Pick<Modality, 'kind'>): TrainingKind<Modality> {
  return kinds[kind] as TrainingKind<Modality>;
}

/** Names of the kinds, in the order in which a column of a manifest is tried as each of them. */
export const columnKinds: readonly ModalityKind[] = Object.keys(kinds) as ModalityKind[];
