import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { decodeTensors, encodeTensors } from '../../protocol/safetensors.ts';
import type { StateStore, TaskState } from '../learning/state.ts';
import { tensorFile, writeAtomically } from './files.ts';

const metadata = z.object({
  key: z.string(),
  position: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(
      z.object({
        done: z.boolean(),
        step: z.int(),
        adamSteps: z.int(),
        lossSums: z.array(z.number()),
      }),
    ),
});

/**
 * Task states in a folder, one safetensors file a task. A file that cannot be read counts as absent: it costs
 * the moments and the work since it was written, never the round.
 * @param saved told the path of each state that was written
 */
export function fileStateStore(folder: string, saved: (path: string) => void = () => {}): StateStore {
  return {
    load: (task) => readState(tensorFile(folder, task)).catch(() => undefined),
    async save(task, { key, tensors, ...position }) {
      const path = tensorFile(folder, task);
      await writeAtomically(path, encodeTensors(tensors, { key, position: JSON.stringify(position) }));
      saved(path);
    },
  };
}

async function readState(path: string): Promise<TaskState> {
  const file = decodeTensors(await readFile(path));
  const { key, position } = metadata.parse(file.metadata);
  return { key, ...position, tensors: file.tensors };
}
