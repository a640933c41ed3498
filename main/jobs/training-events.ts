import { z } from 'zod';
import { type ErrorCode, errorTable } from '../../protocol/errors.ts';
import type { TrainingEvent } from '../../training/process/messages.ts';

/**
 * The border to the training process: the frame of each event is checked, so that a wrong message is
 * dropped and never crashes the app. What is inside comes from our own code of the same version.
 */
const job = z.string();
const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('device'), engine: z.string(), device: z.string() }),
  z.object({
    type: z.literal('progress'),
    job,
    progress: z.looseObject({ phase: z.string(), fraction: z.number() }),
  }),
  z.object({ type: z.literal('done'), job, result: z.looseObject({ kind: z.string() }) }),
  z.object({ type: z.literal('stopped'), job }),
  z.object({
    type: z.literal('failed'),
    job,
    error: z.object({ code: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) }),
  }),
]);

type Failed = Extract<TrainingEvent, { type: 'failed' }>;
type Known =
  | Exclude<TrainingEvent, Failed>
  | (Omit<Failed, 'error'> & { error: { code: ErrorCode; detail: Failed['error']['detail'] } });

/** The event, or undefined when its frame is wrong. A code that is not in the table becomes `internal`. */
export function trainingEvent(message: unknown): Known | undefined {
  const result = frame.safeParse(message);
  if (!result.success) return undefined;
  const event = result.data as TrainingEvent;
  if (event.type !== 'failed') return event;
  const { code, detail } = event.error;
  return { ...event, error: { code: isErrorCode(code) ? code : 'internal', detail } };
}

/** True if a text is a code of the error table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
