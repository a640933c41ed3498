import { z } from 'zod';
import type { Speed } from '../../pilot/pilot-facts.ts';
import { file, job } from './job-messages.ts';

/** Times real rounds of the plan on the engine, on a plant's own parts. */
export const speedJob = z.strictObject({ ...job, kind: z.literal('speed'), datasets: z.array(file).min(1) });
export type SpeedJob = z.infer<typeof speedJob>;

export interface SpeedResult {
  readonly kind: 'speed';
  readonly speed: Speed;
}

/** What a plant's imported folder is good for: inventory, findings, and what training on it alone reaches. */
export const pilotJob = z.strictObject({
  ...job,
  kind: z.literal('pilot'),
  folder: file,
  dataset: file,
  /** The import's `parts.json`. */
  parts: file,
  /** Columns of the manifest that mean nothing to the plan. */
  unused: z.array(z.string()),
  /** Training stops after so many seconds. */
  seconds: z
    .number()
    .positive()
    .max(24 * 3600),
  /** The facts (`training/pilot/pilot-facts.ts`) are written to this file. */
  output: file,
});
export type PilotJob = z.infer<typeof pilotJob>;

export interface PilotResult {
  readonly kind: 'pilot';
  /** File with the facts. */
  readonly facts: string;
}
