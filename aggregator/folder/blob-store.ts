import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FedReconError } from '../../protocol/errors.ts';
import type { BlobUploadResponse, ModuleBlob } from '../../protocol/messages.ts';
import { formatDigest } from '../../protocol/signatures.ts';
import { asDiskError, renameDurably, writeFileDurably } from './durable-files.ts';

/** Part of an upload, one request: the bytes of `body` belong at `offset` of a blob of `bytes` bytes. */
interface UploadPart {
  /** Plant that uploads; uploads of different plants are kept apart until they are complete and checked. */
  readonly uploader: string;
  readonly sha256: string;
  readonly offset: number;
  readonly bytes: number;
  readonly body: Readable;
  /** `content-digest` that the body must have. */
  readonly contentDigest: string;
}

/** Store of content-addressed files: a blob that exists is complete, synced to disk and has the hash it is named by. */
export interface BlobStore {
  /** Size of a blob in bytes; undefined if it is not here. */
  size(sha256: string): Promise<number | undefined>;
  /** Content of a blob. @throws FedReconError `blob-unknown` */
  read(sha256: string): Promise<Uint8Array>;
  /** Stream of a blob's bytes `start` to `end` inclusive. */
  stream(sha256: string, start: number, end: number): ReadStream;
  write(content: Uint8Array): Promise<ModuleBlob>;
  /** Number of bytes that are held of an unfinished upload. */
  uploaded(uploader: string, sha256: string): Promise<number>;
  /**
   * Adds a part to an upload, and keeps what had arrived when the connection breaks.
   * @throws FedReconError `upload-offset`, `digest-mismatch`, `blob-mismatch`, `upload-interrupted`,
   *   `request-invalid`, `disk-full`
   */
  receive(part: UploadPart): Promise<BlobUploadResponse>;
}

/** Blob store of files in `folder`. */
export function fileBlobs(folder: string): BlobStore {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const partPath = (uploader: string, sha256: string) => join(folder, 'uploads', uploader, `${sha256}.part`);
  /** Uploads in progress; the newest request wins, because the older connection is the one that hangs. */
  const receiving = new Map<string, { body: Readable; done: Promise<unknown> }>();

  return {
    size: (sha256) => sizeOf(pathOf(sha256)),
    read: async (sha256) => {
      try {
        return await readFile(pathOf(sha256));
      } catch (cause) {
        throw new FedReconError('blob-unknown', {}, { cause });
      }
    },
    stream: (sha256, start, end) => createReadStream(pathOf(sha256), { start, end }),
    write: async (content) => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      if ((await sizeOf(pathOf(sha256))) === undefined) await writeFileDurably(pathOf(sha256), content);
      return { sha256, bytes: content.length };
    },
    uploaded: async (uploader, sha256) => (await sizeOf(partPath(uploader, sha256))) ?? 0,
    receive: async (part) => {
      const path = partPath(part.uploader, part.sha256);
      const older = receiving.get(path);
      older?.body.destroy();
      const done = (async () => {
        await older?.done.catch(() => {});
        return receivePart(path, pathOf(part.sha256), part);
      })();
      const entry = { body: part.body, done };
      receiving.set(path, entry);
      try {
        return await done;
      } catch (error) {
        throw asUploadError(error, path);
      } finally {
        if (receiving.get(path) === entry) receiving.delete(path);
      }
    },
  };
}

async function receivePart(path: string, target: string, part: UploadPart): Promise<BlobUploadResponse> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  let end: number;
  try {
    const { size } = await file.stat();
    if (part.offset > size) throw new FedReconError('upload-offset', { offset: size });
    await file.truncate(part.offset);
    end = await append(file, part);
    if (end < part.bytes) return { complete: false, offset: end };
    await file.sync();
  } finally {
    await file.close();
  }
  if ((await hashOfFile(path)) !== part.sha256) {
    await rm(path);
    throw new FedReconError('blob-mismatch');
  }
  await renameDurably(path, target);
  return { complete: true, offset: end };
}

/** Appends a part's body to the file, and cuts it off again if it does not match its digest. @returns the new size */
async function append(file: FileHandle, part: UploadPart): Promise<number> {
  const digest = createHash('sha256');
  let end = part.offset;
  for await (const chunk of part.body as AsyncIterable<Buffer>) {
    if (end + chunk.length > part.bytes)
      throw new FedReconError('request-invalid', {
        field: 'bytes',
        problem: 'the body goes on after the end',
      });
    digest.update(chunk);
    await file.appendFile(chunk);
    end += chunk.length;
  }
  if (formatDigest(digest.digest()) === part.contentDigest) return end;
  await file.truncate(part.offset);
  throw new FedReconError('digest-mismatch');
}

/** Error codes of reading a body whose connection broke. */
const interruptions: readonly unknown[] = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'];

function asUploadError(error: unknown, path: string): unknown {
  return interruptions.includes((error as NodeJS.ErrnoException).code)
    ? new FedReconError('upload-interrupted', {}, { cause: error })
    : asDiskError(error, path);
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
