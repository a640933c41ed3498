import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Network that can be cut: passes bytes on to a port of this machine, as far as it is told to. */
export interface CuttableNetwork {
  readonly port: number;
  /** Breaks every connection once this many more bytes went `up` (to the server) or `down`. */
  cutAfter(bytes: number, direction: 'up' | 'down'): void;
  /** Bytes that passed in each direction, TLS included. */
  readonly passed: { up: number; down: number };
  close(): Promise<void>;
}

export async function startNetwork(target: number): Promise<CuttableNetwork> {
  const sockets = new Set<Socket>();
  const left = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY };
  const passed = { up: 0, down: 0 };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const ends = [client, upstream];
    for (const socket of ends) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        for (const end of ends) end.destroy();
      });
    }
    const pass = (from: Socket, to: Socket, direction: 'up' | 'down') =>
      from.on('data', (chunk: Buffer) => {
        const allowed = Math.min(chunk.length, left[direction]);
        left[direction] -= allowed;
        passed[direction] += allowed;
        to.write(chunk.subarray(0, allowed), () => {
          if (left[direction] > 0) return;
          left[direction] = Number.POSITIVE_INFINITY;
          for (const end of ends) end.destroy();
        });
      });
    pass(client, upstream, 'up');
    pass(upstream, client, 'down');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    cutAfter: (bytes, direction) => {
      left[direction] = bytes;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
