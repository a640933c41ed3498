import type { HostTensors } from '../../../protocol/tensors.ts';
import { openEngine } from '../../../training/engine/index.ts';
import { openPrograms, type Programs } from '../../../training/learning/programs.ts';

/** Programs on ONNX Runtime with one thread. */
export async function onnxPrograms(): Promise<Programs> {
  return openPrograms(await openEngine({ engine: 'onnx', threads: 1 }));
}

/** Programs on the plain JavaScript backend, the truth to compare with. */
export async function referencePrograms(): Promise<Programs> {
  return openPrograms(await openEngine({ engine: 'reference' }));
}

/** The largest difference of any value, relative to the largest value of its tensor. */
export function worstDifference(a: HostTensors, b: HostTensors): { name: string; relative: number } {
  let worst = { name: '', relative: 0 };
  for (const [name, { data }] of Object.entries(b)) {
    const other = a[name]!.data;
    const scale = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
    const distance = data.reduce(
      (largest, value, index) => Math.max(largest, Math.abs(value - other[index]!)),
      0,
    );
    if (!(distance / scale <= worst.relative)) worst = { name, relative: distance / scale };
  }
  return worst;
}
