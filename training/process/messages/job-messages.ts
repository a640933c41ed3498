import { z } from 'zod';

/** Path of a file or folder. */
export const file = z.string().min(1);

export const engineChoice = z.strictObject({
  engine: z.enum(['onnx', 'tensorflow', 'reference']).optional(),
  /** Device: `cpu`, `webgpu`, `dml`, `cuda`, `coreml`; without one the fastest device that passes its self-test. */
  device: z.string().optional(),
  threads: z.int().min(1).max(256).optional(),
});
export type EngineChoice = z.infer<typeof engineChoice>;

/** Files of modules (safetensors) by module name. A module that is absent starts from the plan's seed. */
export const moduleFiles = z.record(z.string(), file);

/** Fields of every job: its id, its plan and the engine that it runs on. */
export const job = { id: z.string().min(1), plan: z.unknown(), engine: engineChoice.default({}) };
