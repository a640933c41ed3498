import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** Answer of a host to a request for a file or an image. */
interface WindowResource {
  readonly status: 200 | 404;
  readonly type: string;
  readonly bytes: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const notFound: WindowResource = {
  status: 404,
  type: 'text/plain; charset=utf-8',
  bytes: Buffer.from('Not found'),
};

/** Serves an image by its address (`/images/…`); undefined when there is none. */
export type ImageSource = (path: string) => Promise<{ bytes: Uint8Array; type: string } | undefined>;

/**
 * Finds the file or image behind a path of the window's own origin: the built window from `folder`, everything under
 * `/images/` from the workstation. Only known file types inside `folder` are served, symbolic links included in the
 * check.
 * @param pathname as in a URL, still percent-encoded
 */
export async function windowResource(
  pathname: string,
  folder: string,
  image: ImageSource,
): Promise<WindowResource> {
  const path = decoded(pathname);
  if (path === undefined) return notFound;
  if (isImagePath(pathname)) {
    const found = await image(path);
    return found ? { status: 200, type: found.type, bytes: found.bytes } : notFound;
  }
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  if (!type) return notFound;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, name));
    if (!file.startsWith(root + sep)) return notFound;
    return { status: 200, type, bytes: await readFile(file) };
  } catch {
    return notFound;
  }
}

/** True if a path of the window's origin is an image's, however it is percent-encoded. */
export function isImagePath(pathname: string): boolean {
  return decoded(pathname)?.startsWith('/images/') ?? false;
}

/** The path with its percent-encoding undone; undefined when it is malformed or could leave its folder. */
function decoded(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname);
    const suspicious = path.includes('\0') || path.includes('\\') || path.split('/').includes('..');
    return suspicious || !path.startsWith('/') ? undefined : path;
  } catch {
    return undefined;
  }
}
