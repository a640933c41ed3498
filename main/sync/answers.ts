import { FedReconError } from '../../protocol/errors.ts';
import { problemDocument } from '../../protocol/messages.ts';
import { isErrorCode } from '../jobs/training-events.ts';

/** Answer of the aggregator, or of a proxy in its place. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** Reads a JSON body. @throws FedReconError `answer-invalid` */
export function readJsonAnswer(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new FedReconError('answer-invalid', { problem: 'no JSON' }, { cause });
  }
}

/**
 * Error that an answer of status 400 and above stands for: the code of its problem document (RFC 9457) when this app
 * knows it, `answer-invalid` otherwise, as when a proxy answers in the aggregator's place.
 */
export function problemError(answer: Answer<Uint8Array>): FedReconError {
  const unknown = new FedReconError('answer-invalid', { problem: `HTTP ${answer.status}` });
  if (answer.body.length === 0) return unknown;
  try {
    const result = problemDocument.safeParse(readJsonAnswer(answer.body));
    if (!result.success) return unknown;
    const { code, detail } = result.data;
    return isErrorCode(code) ? new FedReconError(code, detail) : unknown;
  } catch {
    return unknown;
  }
}
