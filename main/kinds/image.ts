import type { ImageModality } from '../../protocol/kinds/index.ts';
import type { WorkstationKind } from './kind.ts';

/** Share of the attributions below the end of a map's scale, so that one pixel does not hide all. */
const scaleShare = 0.99;

/** Images: shown as they are, explained by a map over them, exported one by one. */
export const imageInWorkstation: WorkstationKind<ImageModality> = {
  planFields: ({ width, height, channels }) => ({ width, height, channels }),
  measured: (_modality, _value, src) => ({ kind: 'image', src }),
  drawn: async (_modality, { src }) => ({ kind: 'image', src: await src() }),
  explained({ width, height, channels }, { attribution, drawMap }) {
    const sizes = attribution.map(Math.abs).sort((a, b) => a - b);
    const limit = (sizes[Math.floor((sizes.length - 1) * scaleShare)] ?? 0) * channels;
    const values = Float32Array.from(attribution);
    return { kind: 'image', src: drawMap({ width, height, channels, values }, limit), limit };
  },
  kept: ({ picture }, keep) => ({ kind: 'image', picture: keep(picture) }),
  figure: ({ picture }) => ({ form: 'picture', picture }),
};
