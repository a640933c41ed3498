import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeTensors, encodeTensors } from '../../../protocol/safetensors.ts';
import type { Memory } from '../../learning/memory.ts';
import type { StateStore, TaskState } from '../../learning/task-state.ts';
import { tensorFile, writeAtomically } from './whole-files.ts';

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

const names = z.array(z.string());
const memory = z.strictObject({
  newest: names,
  earlier: names,
  reservoir: z.strictObject({ parts: names, offered: z.int().min(0) }),
}) satisfies z.ZodType<Memory>;

/**
 * Store of task states in a folder, one safetensors file a task, with the memory of the plant's parts beside them. A
 * file that cannot be read counts as absent: it costs the moments and the work since it was written, or a round on all
 * parts, never the round.
 */
export function fileStateStore(folder: string): StateStore {
  const memoryFile = join(folder, 'parts.json');
  return {
    load: (task) => readState(tensorFile(folder, task)).catch(() => undefined),
    save: (task, { key, tensors, ...position }) =>
      writeAtomically(
        tensorFile(folder, task),
        encodeTensors(tensors, { key, position: JSON.stringify(position) }),
      ),
    loadMemory: () => readMemory(memoryFile).catch(() => undefined),
    saveMemory: (kept) => writeAtomically(memoryFile, Buffer.from(JSON.stringify(kept))),
  };
}

async function readMemory(path: string): Promise<Memory> {
  return memory.parse(JSON.parse(await readFile(path, 'utf8')));
}

async function readState(path: string): Promise<TaskState> {
  const file = decodeTensors(await readFile(path));
  const { key, position } = metadata.parse(file.metadata);
  return { key, ...position, tensors: file.tensors };
}
