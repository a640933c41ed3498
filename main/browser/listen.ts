import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** First of the ports that a window gets at its first start: below those that systems give to connections of their own. */
const firstPort = 27_310;
const portsTried = 20;

/**
 * Lets a server listen on 127.0.0.1: on the port that is wanted, else on the first of its neighbours that is free, else on any.
 * @param wanted undefined: this window has no port yet
 * @returns the port
 * @throws the system's error, but for a port that is taken or forbidden
 */
export async function listenLocally(server: Server, wanted: number | undefined): Promise<number> {
  const first = wanted ?? firstPort;
  // Port 0 stands for any that is free.
  const tried = first === 0 ? [0] : [...Array.from({ length: portsTried }, (_, next) => first + next), 0];
  for (const port of tried.filter((one) => one <= 65_535)) if (await listens(server, port)) break;
  return (server.address() as AddressInfo).port;
}

/** Whether the server listens on a port now; false where that is taken or forbidden. */
async function listens(server: Server, port: number): Promise<boolean> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (port !== 0 && (code === 'EADDRINUSE' || code === 'EACCES')) return false;
    throw thrown;
  }
}
