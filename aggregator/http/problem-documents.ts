import type { FastifyReply } from 'fastify';
import type { ZodType } from 'zod';
import {
  describeError,
  type ErrorCode,
  type ErrorDetail,
  errorTable,
  FedReconError,
} from '../../protocol/errors.ts';
import { issueWords } from '../../protocol/issue-words.ts';
import type { ProblemDocument } from '../../protocol/messages.ts';

/** Answers with a problem document (RFC 9457) from the error table. */
export function sendProblem(reply: FastifyReply, { code, detail }: FedReconError): FastifyReply {
  return reply
    .code(errorTable[code].status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problemOf(code, detail))));
}

function problemOf(code: ErrorCode, detail: ErrorDetail): ProblemDocument {
  return {
    type: `urn:fedrecon:error:${code}`,
    title: describeError(code, detail, 'en').title,
    status: errorTable[code].status,
    code,
    detail: { ...detail },
  };
}

/**
 * Error of a request as a FedReconError: `request-invalid` where the HTTP layer itself refuses it (too large,
 * malformed, wrong media type); the rest as `internal`.
 */
export function asFedReconError(error: unknown): FedReconError {
  if (error instanceof FedReconError) return error;
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? new FedReconError('request-invalid', { field: 'request', problem: message ?? 'malformed' })
    : new FedReconError('internal', {}, { cause: error as Error });
}

/**
 * Parses a value at the border by a schema.
 * @throws FedReconError `request-invalid` naming the first wrong field
 */
export function parseWith<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.join('.').slice(0, 200) || 'body';
  const words = Object.entries(issueWords(issue)).map(([name, text]) => [name, text.slice(0, 300)]);
  throw new FedReconError('request-invalid', { field, ...Object.fromEntries(words) });
}
