import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Session of the loopback server: who may talk to it. The address that the person is given ends in `#` and a token; a
 * fragment is never sent in a request, so the window posts it once and gets a cookie that scripts cannot read, and
 * takes it out of the address bar. Other pages of the same browser are kept out by the Host, Origin and Sec-Fetch-Site
 * checks (DNS rebinding, cross-site requests).
 */
export class Session {
  readonly token = randomBytes(32).toString('base64url');
  readonly #cookie = randomBytes(32).toString('base64url');
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The `Set-Cookie` header for the right token; undefined for a wrong one. Cookies know no ports, so the name does. */
  open(token: string): string | undefined {
    if (!equal(token, this.token)) return undefined;
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
    return pairs.some(([name, value]) => name === this.#cookieName && equal(value ?? '', this.#cookie));
  }

  get #cookieName(): string {
    return `fedrecon-${this.#port}`;
  }
}

/** True if two strings are equal, found out in a time that does not depend on where they differ. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
