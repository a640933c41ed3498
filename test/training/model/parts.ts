import type { Plan } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { fillNormal, fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

/** Hidden causes of a part; every modality is a fixed linear view of them. */
const causes = 3;

/**
 * Parts that one could learn from: each has `causes` hidden numbers, and each modality shows them its own way,
 * with a little noise. `lacks` says which modalities a part is without.
 */
export function syntheticParts(
  plan: Plan,
  count: number,
  lacks: (modality: string, part: number) => boolean = () => false,
  seed = 1,
): HostTensors {
  const hidden = uniform(count * causes, keyOf(seed, 'hidden'));
  const tensors: HostTensors = {};
  for (const modality of plan.modalities) {
    const size = valueSize(modality);
    const view = new Float32Array(size * causes);
    fillNormal(view, keyOf(1, 'view', modality.name));
    const noise = new Float32Array(count * size);
    fillNormal(noise, keyOf(seed, 'noise', modality.name));
    const values = new Float32Array(count * size);
    const present = new Float32Array(count);
    for (let part = 0; part < count; part++) {
      if (lacks(modality.name, part)) continue;
      present[part] = 1;
      for (let place = 0; place < size; place++) {
        let sum = 0;
        for (let cause = 0; cause < causes; cause++)
          sum += view[place * causes + cause]! * (hidden[part * causes + cause]! - 0.5);
        const value = 1 / (1 + Math.exp(-3 * sum)) + 0.02 * noise[part * size + place]!;
        values[part * size + place] = modality.kind === 'text' ? Math.round(value) : value;
      }
    }
    tensors[`${modality.name}/values`] = { shape: [count, size], data: values };
    tensors[`${modality.name}/present`] = { shape: [count], data: present };
  }
  return tensors;
}

/** The same as a data set file. */
export function datasetFile(...args: Parameters<typeof syntheticParts>): Uint8Array {
  return encodeTensors(syntheticParts(...args));
}

function uniform(length: number, key: ReturnType<typeof keyOf>): Float32Array {
  const values = new Float32Array(length);
  fillUniform(values, key, 0, 1);
  return values;
}
