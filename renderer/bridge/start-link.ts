import type { CallAnswer } from '../../main/api/contract.ts';
import { post } from './post.ts';

/** A start link of a browser host: where it leads, and the token that is good once. */
export interface StartLink {
  readonly origin: string;
  readonly token: string;
}

/** The token in the fragment of an address; undefined where that is none. */
export function tokenIn(fragment: string): string | undefined {
  return /^#([\w-]{43})$/.exec(fragment)?.[1];
}

/** The start link in a text that a person pasted; undefined where it is none, or leads anywhere but to this machine. */
export function readStartLink(text: string): StartLink | undefined {
  const [, origin, fragment] =
    /(http:\/\/(?:127\.0\.0\.1|localhost):\d+)\/?(#[\w-]{43})(?![\w-])/.exec(text) ?? [];
  const token = fragment && tokenIn(fragment);
  return origin && token ? { origin, token } : undefined;
}

/** Exchanges a token for the session's cookie. */
export function openSession(token: string): Promise<CallAnswer> {
  return post('/api/session', { token });
}
