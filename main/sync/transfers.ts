import { open, rm, stat } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import { blobUploadResponse, type ModuleBlob, uploadOffsetHeader } from '../../protocol/messages.ts';
import { fileError } from '../store/file-errors.ts';
import type { Files } from '../store/files.ts';
import type { AggregatorClient, TransferLabel } from './aggregator-client.ts';
import { readJsonAnswer } from './answers.ts';

/** Listener to every piece that crossed the network. */
type OnBytes = (bytes: number) => void;

/** Bytes of a piece: a transfer that breaks loses at most one. */
const pieceBytes = 4 * 2 ** 20;

/**
 * Fetches a blob unless it is here already; goes on where an earlier attempt broke off.
 * @throws FedReconError `transfer-damaged` when what came is not what its hash says (it is thrown away), `disk-full`
 */
export async function download(
  client: AggregatorClient,
  files: Files,
  blob: ModuleBlob,
  label: TransferLabel,
  options: { abort?: AbortSignal | undefined; onBytes?: OnBytes } = {},
): Promise<void> {
  if (await files.has(blob.sha256)) return;
  const path = files.partial(blob.sha256);
  let position = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (position > blob.bytes) position = 0;
  if (position < blob.bytes) {
    const { status, body } = await client.transport.stream({
      method: 'GET',
      target: `/v1/blobs/${blob.sha256}`,
      ...(position > 0 && { headers: { range: `bytes=${position}-` } }),
      abort: options.abort,
    });
    if (status !== 206) position = 0;
    const file = await open(path, position > 0 ? 'r+' : 'w').catch((thrown) => {
      throw fileError(thrown, path);
    });
    try {
      for await (const chunk of body) {
        if (position + chunk.length > blob.bytes) {
          await rm(path, { force: true });
          throw new FedReconError('transfer-damaged', { name: label.name });
        }
        await file.write(chunk, 0, chunk.length, position).catch((thrown: unknown) => {
          throw fileError(thrown, path);
        });
        position += chunk.length;
        options.onBytes?.(chunk.length);
      }
    } finally {
      await file.close();
    }
  }
  // Counted once it is complete, with what came before an interruption.
  client.record('down', position, label);
  await files.adopt(path, blob.sha256);
}

/**
 * Sends a stored blob, from where the aggregator has it; nothing is sent that it already holds.
 * @throws FedReconError what the aggregator refuses it with
 */
export async function upload(
  client: AggregatorClient,
  files: Files,
  blob: ModuleBlob,
  label: TransferLabel,
  options: { abort?: AbortSignal | undefined; onBytes?: OnBytes } = {},
): Promise<void> {
  const target = `/v1/blobs/${blob.sha256}`;
  let offset = await heldBytes(client, target, options.abort);
  if (offset === undefined) return;
  // A piece that broke off was never counted, and yet a part of it has arrived.
  client.record('up', offset - client.sent(label), label);
  const bytes = await files.read(blob.sha256);
  for (;;) {
    const body = bytes.subarray(offset, offset + pieceBytes);
    const answer = await client.transport.send({
      method: 'PUT',
      target: `${target}?offset=${offset}&bytes=${blob.bytes}`,
      body,
      headers: { 'content-type': 'application/octet-stream' },
      abort: options.abort,
    });
    client.record('up', body.length, label);
    options.onBytes?.(body.length);
    const result = blobUploadResponse.safeParse(readJsonAnswer(answer.body));
    if (!result.success) throw new FedReconError('answer-invalid', { problem: 'blob upload' });
    if (result.data.complete) return;
    if (result.data.offset <= offset) throw new FedReconError('answer-invalid', { problem: 'upload offset' });
    offset = result.data.offset;
  }
}

/** Number of bytes of a blob that the aggregator holds; undefined when it is complete there. */
async function heldBytes(
  client: AggregatorClient,
  target: string,
  abort: AbortSignal | undefined,
): Promise<number | undefined> {
  const { status, headers } = await client.transport.send({
    method: 'HEAD',
    target,
    abort,
    accept: [404],
  });
  if (status === 200) return undefined;
  const offset = Number(headers[uploadOffsetHeader] ?? 0);
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}
