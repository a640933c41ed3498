import { fsyncSync } from 'node:fs';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Database, Queries } from './database.ts';

/**
 * PostgreSQL inside this process, in a folder that no other process may have open.
 *
 * PGlite starts PostgreSQL with `-F` (no fsync) because its file system has no such operation, so a power
 * cut could take acknowledged work with it. Node can do it: we give the file system the operation and
 * start without `-F`. About 1.5 ms a commit on an SSD.
 */
export async function openPglite(folder: string): Promise<Database> {
  const durable = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  const pglite = await PGlite.create(folder, { startParams: [...durable, '-c', 'wal_sync_method=fsync'] });
  enableFsync(pglite);
  return {
    ...queries(pglite),
    transaction: (work) => pglite.transaction((tx) => work(queries(tx))),
    exclusive: true,
    close: () => pglite.close(),
  };
}

function queries(target: PGlite | Transaction): Queries {
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await target.query<Row>(sql, [...values])).rows,
    script: async (sql) => {
      await target.exec(sql);
    },
  };
}

interface NodeFileOperations {
  fsync?: (stream: { nfd?: number }) => number;
}

/** Emscripten calls `fsync` of a mounted file system where it exists, and otherwise reports success. */
function enableFsync(pglite: PGlite): void {
  const { lookupPath } = pglite.Module.FS as unknown as {
    lookupPath(path: string): { node: { mount: { type: { stream_ops: NodeFileOperations } } } };
  };
  lookupPath.call(pglite.Module.FS, '/pglite/data').node.mount.type.stream_ops.fsync = ({ nfd }) => {
    if (nfd !== undefined) fsyncSync(nfd);
    return 0;
  };
}
