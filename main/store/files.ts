import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { syncFolder } from './durable.ts';
import { fileError } from './file-errors.ts';

/** A file named by its SHA-256: equal contents are kept once, and a changed one is recognised. */
interface StoredFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Content-addressed files: `files/ab/cdef…`. A file is either complete, verified and durable, or not there. */
export interface Files {
  /** Path where a file lies (or would lie). */
  path(sha256: string): string;
  /** Paths of stored files, by the names under which they are asked for. */
  paths(named: Iterable<readonly [name: string, file: Pick<StoredFile, 'sha256'>]>): Record<string, string>;
  has(sha256: string): Promise<boolean>;
  /** Stores bytes as a file. @throws FedReconError `disk-full` */
  put(bytes: Uint8Array): Promise<StoredFile>;
  /**
   * Takes over a file of this data folder (it is moved). With `expected`, a file of another hash is deleted.
   * @throws FedReconError `transfer-damaged` when the hash is not the expected one, `disk-full`
   */
  adopt(path: string, expected?: string): Promise<StoredFile>;
  /** Reads a file and checks it. @throws FedReconError `store-damaged` when the file is gone or its bytes changed */
  read(sha256: string): Promise<Uint8Array>;
  /** Folder of pictures that were decoded before: it may be emptied at any time, and costs then a little more to import again. */
  readonly pictures: string;
  /** Forgets all of them: what a person deletes must not lie there. */
  forgetPictures(): Promise<void>;
  /** Path where a transfer that may be interrupted collects its bytes; survives a restart. */
  partial(sha256: string): string;
  /** A new empty folder for a job's output; swept at the next start. */
  scratch(): Promise<string>;
  /** Deletes a file. */
  remove(sha256: string): Promise<void>;
  /** Deletes files whose hash is not among `keep` and that are older than `age` ms (younger: may be about to be named). */
  collect(keep: ReadonlySet<string>, age: number): Promise<void>;
}

/**
 * Opens the files below `folder` and sweeps what a killed process left half-written.
 * @throws FedReconError `data-folder-unusable`, `disk-full`
 */
export function openFiles(folder: string): Files {
  const at = {
    files: join(folder, 'files'),
    partial: join(folder, 'partial'),
    scratch: join(folder, 'scratch'),
    pictures: join(folder, 'pictures'),
  };
  try {
    rmSync(at.scratch, { recursive: true, force: true });
    for (const path of Object.values(at)) mkdirSync(path, { recursive: true });
  } catch (thrown) {
    throw fileError(thrown, folder);
  }
  const path = (sha256: string) => join(at.files, sha256.slice(0, 2), sha256.slice(2));

  async function place(from: string, { sha256, bytes }: StoredFile): Promise<StoredFile> {
    const target = path(sha256);
    await mkdir(dirname(target), { recursive: true });
    await rename(from, target);
    await syncFolder(dirname(target));
    return { sha256, bytes };
  }

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw fileError(thrown, folder);
    }
  };

  return {
    path,
    pictures: at.pictures,
    forgetPictures: () =>
      guarded(async () => {
        await rm(at.pictures, { recursive: true, force: true });
        await mkdir(at.pictures, { recursive: true });
      }),
    paths: (named) => Object.fromEntries(Array.from(named, ([name, { sha256 }]) => [name, path(sha256)])),
    has: async (sha256) => (await stat(path(sha256)).catch(() => undefined)) !== undefined,
    put: (bytes) =>
      guarded(async () => {
        const temporary = join(at.scratch, randomUUID());
        try {
          const file = await open(temporary, 'wx');
          try {
            await file.writeFile(bytes);
            await file.sync();
          } finally {
            await file.close();
          }
          return await place(temporary, { sha256: hashOf(bytes), bytes: bytes.length });
        } catch (thrown) {
          await rm(temporary, { force: true });
          throw thrown;
        }
      }),
    adopt: (from, expected) =>
      guarded(async () => {
        const file = await open(from, 'r+');
        try {
          await file.sync();
        } finally {
          await file.close();
        }
        const found = await hashFile(from);
        if (expected !== undefined && found.sha256 !== expected) {
          await rm(from, { force: true });
          throw new FedReconError('transfer-damaged', { name: expected });
        }
        return place(from, found);
      }),
    read: async (sha256) => {
      const bytes = await readFile(path(sha256)).catch(() => undefined);
      if (!bytes || hashOf(bytes) !== sha256)
        throw new FedReconError('store-damaged', { problem: `file ${sha256}` });
      return bytes;
    },
    partial: (sha256) => join(at.partial, sha256),
    scratch: () =>
      guarded(async () => {
        const created = join(at.scratch, randomUUID());
        await mkdir(created);
        return created;
      }),
    remove: (sha256) => guarded(() => rm(path(sha256), { force: true })),
    collect: (keep, age) =>
      guarded(async () => {
        const before = Date.now() - age;
        for (const prefix of await readdir(at.files)) {
          for (const rest of await readdir(join(at.files, prefix))) {
            const file = join(at.files, prefix, rest);
            if (!keep.has(prefix + rest) && (await stat(file)).mtimeMs <= before)
              await rm(file, { force: true });
          }
        }
      }),
  };
}

/** SHA-256 (hex) of bytes in memory. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 (hex) and size of a file, read as a stream. */
export async function hashFile(path: string): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
