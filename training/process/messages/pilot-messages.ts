import { z } from 'zod';
import type { Speed } from '../../pilot/pilot-facts.ts';
import { file, job } from './job-messages.ts';

/** Job to time real rounds of the plan on the engine, on a plant's own parts. */
export const speedJob = z.strictObject({ ...job, kind: z.literal('speed'), datasets: z.array(file).min(1) });
export type SpeedJob = z.infer<typeof speedJob>;

export interface SpeedResult {
  readonly kind: 'speed';
  readonly speed: Speed;
}

/**
 * Job of a pilot check on a plant's imported folder: inventory, findings, and the quality that training on it alone
 * reaches.
 */
export const pilotJob = z.strictObject({
  ...job,
  kind: z.literal('pilot'),
  folder: file,
  dataset: file,
  /** File `parts.json` of the import. */
  parts: file,
  /** Columns of the manifest that mean nothing to the plan. */
  unused: z.array(z.string()),
  /** Seconds after which training stops. */
  seconds: z
    .number()
    .positive()
    .max(24 * 3600),
  /** File that the facts (`training/pilot/pilot-facts.ts`) are written to. */
  output: file,
});
export type PilotJob = z.infer<typeof pilotJob>;

export interface PilotResult {
  readonly kind: 'pilot';
  /** File with the facts. */
  readonly facts: string;
}
