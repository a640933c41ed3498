import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { CallAnswer } from '../api/contract.ts';
import { errorView } from '../services/error-view.ts';

/** Longest body in bytes: enough for the widest manifest's column list, too little to fill the memory. */
const longestBody = 1_000_000;

/** The JSON object in a request's body; undefined when there is none, or it is malformed or too long. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  if (!request.headers['content-type']?.startsWith('application/json')) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // What is too long is still read to its end, and forgotten: the answer must reach the sender.
    if (length <= longestBody) chunks.push(chunk);
  }
  if (length > longestBody) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

export function sendJson(response: ServerResponse, status: number, value: CallAnswer): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Refuses a request with an error of the table, in the form that calls are answered in. */
export function sendError(response: ServerResponse, status: number, code: ErrorCode): void {
  sendJson(response, status, { ok: false, error: errorView({ code, detail: {} }) });
}
