import type { Modality, ModalityKind } from '../../../protocol/plan.ts';
import { image } from './image.ts';
import type { DataKind } from './kind.ts';
import { signal } from './signal.ts';
import { text } from './text.ts';

const kinds: { readonly [K in ModalityKind]: DataKind<Extract<Modality, { kind: K }>> } = {
  image,
  signal,
  text,
};

/** What an import knows about this modality's kind. */
export function dataKind(modality: Modality): DataKind<Modality> {
  return kinds[modality.kind] as DataKind<Modality>;
}
