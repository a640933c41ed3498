import type { ModalityKind } from '../../main/api/views.ts';
import { categoryWindow } from './category/category.ts';
import { imageWindow } from './image/image.ts';
import type { WindowKind } from './kind.ts';
import { signalWindow } from './signal/signal.ts';
import { textWindow } from './text/text.ts';

const kinds: { readonly [K in ModalityKind]: WindowKind<K> } = {
  image: imageWindow,
  signal: signalWindow,
  text: textWindow,
  category: categoryWindow,
};

/**
 * Table entry of a kind: all that the window knows of it. A value must be of that kind to fit its components, which no
 * type can say of a table.
 */
export function windowKind({ kind }: { readonly kind: ModalityKind }): WindowKind<ModalityKind> {
  return kinds[kind] as unknown as WindowKind<ModalityKind>;
}
