import { z } from 'zod';
import type { ImportProblem } from '../../data/problems.ts';
import type { PartRecord } from '../../kinds/reading.ts';
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
  /** Parts file of the import. */
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

/** Job to look for what is odd in all that a plant has imported, as the pilot check does in one folder. */
export const findingsJob = z.strictObject({
  ...job,
  kind: z.literal('findings'),
  datasets: z.array(file).min(1),
  /** File of `FindingsRecords`. */
  records: file,
  /** File that the findings (`training/pilot/pilot-facts.ts`) are written to. */
  output: file,
});
export type FindingsJob = z.infer<typeof findingsJob>;

/** Content of the file that a findings job reads beside the values. */
export interface FindingsRecords {
  /** Part k is row k of the data; row 0: it is in several tables or in none. */
  readonly parts: readonly PartRecord[];
  /** The imports: by which name a person knows each, how many parts it brought, and what it refused. */
  readonly imports: readonly {
    readonly table: string;
    readonly parts: number;
    readonly problems: readonly ImportProblem[];
  }[];
}

export interface FindingsResult {
  readonly kind: 'findings';
  /** File with the findings. */
  readonly findings: string;
}
