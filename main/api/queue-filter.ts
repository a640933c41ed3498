import { z } from 'zod';

/** Verdicts that a filter asks for; `none`: no plant calibrated the way to the reconstruction. */
export const filteredVerdicts = ['use', 'check', 'no-ground', 'none'] as const;
/** What was decided that a filter asks for; `again`: on an earlier reconstruction; `none`: nothing. */
export const filteredDecisions = ['accept', 'flag', 'reject', 'again', 'none'] as const;

const instant = z.iso.datetime();
const share = z.number().min(0).max(1);

/** What reconstructions of a queue have to be to be shown: all that is said of them at once. */
export const queueFilter = z.strictObject({
  verdicts: z.array(z.enum(filteredVerdicts)).min(1).max(4).optional(),
  /** Confidence from here … */
  from: share.optional(),
  /** … to here, both included. */
  to: share.optional(),
  decisions: z.array(z.enum(filteredDecisions)).min(1).max(5).optional(),
  /** Name of who decided. */
  by: z.string().max(80).optional(),
  /** Decided from this moment on … */
  since: instant.optional(),
  /** … and before this one. */
  until: instant.optional(),
  /** Something that is measured of the part came with this import. */
  import: z.int().positive().optional(),
});

export type QueueFilter = Readonly<z.output<typeof queueFilter>>;
