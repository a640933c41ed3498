import type { Patch } from './patch.ts';

const small = { latent: 6, hidden: [16] };

/**
 * The demonstration's models in small, for tests of what does not depend on the width of a layer, with batches that the
 * few parts of such a test fill.
 */
export const smallModels: Patch = {
  modalities: { camera: small, gauge: small, note: small },
  mapping: { hidden: [16] },
  training: { localEpochs: 1, batch: 8 },
};
