import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Minutes for which a start link can be used: enough to copy it, too short to be found later. */
export const linkMinutes = 5;

/**
 * Session of the loopback server: who may talk to it. A person is given a start link that ends in `#` and a token, good once and
 * for minutes. A fragment is never sent in a request, so the window posts it and gets a cookie that scripts cannot
 * read, and takes it out of the address bar. Other pages of the same browser are kept out by the Host, Origin and Sec-Fetch-Site
 * checks (DNS rebinding, cross-site requests).
 */
export class Session {
  readonly #cookie = randomBytes(32).toString('base64url');
  readonly #port: number;
  readonly #now: () => number;
  /** Tokens that nobody has used yet, by their digest, with the time at which they end. */
  readonly #tokens = new Map<string, number>();

  constructor(port: number, now: () => number = Date.now) {
    this.#port = port;
    this.#now = now;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** A new token, good once within the next minutes. */
  newToken(): string {
    for (const [token, end] of this.#tokens) if (end < this.#now()) this.#tokens.delete(token);
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(digest(token).toString('hex'), this.#now() + linkMinutes * 60_000);
    return token;
  }

  /**
   * The `Set-Cookie` header for a token that is good, which it is no more; undefined for any other. Cookies know no ports, so the
   * name does.
   */
  open(token: string): string | undefined {
    const key = digest(token).toString('hex');
    const end = this.#tokens.get(key);
    this.#tokens.delete(key);
    if (end === undefined || end < this.#now()) return undefined;
    return `${this.#cookieName}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** True when the request was addressed to this server by its own name. */
  isAddressed(request: IncomingMessage): boolean {
    const host = request.headers.host;
    return host === `127.0.0.1:${this.#port}` || host === `localhost:${this.#port}`;
  }

  /** True when the request comes from this server's own pages (or from no page at all, which still needs the cookie). */
  isOwnOrigin(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
    if (origin === undefined) return request.method === 'GET' || request.method === 'HEAD';
    return origin === `http://${host}`;
  }

  /** True when the request carries the cookie. */
  isOpen(request: IncomingMessage): boolean {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    return pairs.some(([name, value]) => name === this.#cookieName && isSame(value ?? '', this.#cookie));
  }

  get #cookieName(): string {
    return `fedrecon-${this.#port}`;
  }
}

/** True if two secrets are equal, found out in a time that does not depend on where they differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
