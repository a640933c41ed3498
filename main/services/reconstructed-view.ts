import type { Modality } from '../../protocol/plan.ts';
import type { ValueView } from '../api/views.ts';
import { workstationKind } from '../kinds/index.ts';
import type { Vocabulary } from '../kinds/kind.ts';
import type { Reconstruction } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import { imageAddress, tensorRow } from './images.ts';

/** A stored reconstruction, ready to draw. @param width half of the band that keeps its promise, in deviations, where one is known */
export function reconstructedView(
  store: Store,
  vocabulary: Vocabulary,
  modality: Modality,
  { part, file, position, modelVersion }: Reconstruction,
  width: number | undefined,
): Promise<ValueView> {
  const read = (name: string) => tensorRow(store, file, name, position);
  return workstationKind(modality).drawn(modality, {
    isMeasured: false,
    src: () => imageAddress.reconstruction(part, modality.name, modelVersion),
    values: () => read('mean'),
    ...(width !== undefined && { band: async () => ({ sigma: await read('sigma'), width }) }),
    vocabulary,
  });
}
