import { z } from 'zod';
import { documentHash } from '../../protocol/canonical-json.ts';
import { roles } from '../../protocol/policy.ts';

/** Plain JSON, as a log keeps it. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * Person or program that did something. `workstation`: the app by itself. `unnamed`: a person of whom the app knew no
 * name. A name is what was typed, and no proof but where a PIN confirms it.
 */
export const actor = z.strictObject({
  name: z.string(),
  role: z.enum([...roles, 'workstation', 'unnamed']),
  /** Present where the person gave their PIN; an entry of the log says so in its detail. */
  pin: z.literal(true).optional(),
});

/** Actor of what the app does by itself. */
export const theWorkstation: z.infer<typeof actor> = { name: '', role: 'workstation' };

/** One line of a hash-chained log, as it stands in the file that an auditor is given. */
export const logEntry = z.strictObject({
  /** Number of the entry: 1, 2, 3 … */
  sequence: z.int().positive(),
  /** Time of the action, RFC 3339. */
  at: z.string(),
  actor,
  /** Action that was done, `decision.accept`. */
  action: z.string(),
  /** SHA-256 of the object of the action: a plan, a model's manifest, a file; empty where there is none. */
  object: z.string(),
  detail: z.record(z.string(), z.json()),
  /** Hash of the entry before; of the first one: zeros. */
  previous: z.string(),
  /** SHA-256 of this entry's canonical JSON without this field. */
  hash: z.string(),
});

export type Actor = z.infer<typeof actor>;
export interface LogEntry extends Omit<z.infer<typeof logEntry>, 'detail'> {
  readonly detail: Readonly<Record<string, Json | undefined>>;
}

/** Hash before the first entry. */
const firstPrevious = '0'.repeat(64);

/** End of a chain so far: number and hash of its last entry, or its beginning. */
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

export const emptyHead: Head = { sequence: 0, hash: firstPrevious };

/** The hash that an entry must carry. */
export function entryHash({ hash: _, ...entry }: Omit<LogEntry, 'hash'> & { hash?: string }): string {
  return documentHash(entry);
}

/** True if an entry is the next one after `head`, and carries its own right hash. */
export function follows(head: Head, entry: LogEntry): boolean {
  return (
    entry.sequence === head.sequence + 1 && entry.previous === head.hash && entry.hash === entryHash(entry)
  );
}
