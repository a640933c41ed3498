import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Plan, planHash } from '../../protocol/plan.ts';
import { encodeHeader } from '../../protocol/safetensors.ts';
import { valueSize } from '../../protocol/shapes.ts';
import type { PartRecord } from '../kinds/reading.ts';
import type { EncodedPart } from './part.ts';
import { type ImportProblem, writeError } from './problems.ts';
import { openSpool, type Spool } from './spool.ts';

/** Content of `parts.json`, beside the data set: part k is row k of every tensor. */
export interface PartsFile {
  /** Modalities that some column was taken for. */
  readonly modalities: readonly string[];
  /** Rows with an id of which no cell could be used: no part, but what stands of that id may be meant. */
  readonly emptied: readonly { readonly id: string; readonly row: number }[];
  readonly parts: readonly PartRecord[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Writer of `dataset.safetensors` (for each modality of the plan `<name>/values` [n, size] and `<name>/present` [n])
 * and `parts.json`, part by part in constant memory. Both files appear under their names only when they are whole.
 */
interface DatasetWriter {
  append(part: EncodedPart): Promise<void>;
  problem(problem: ImportProblem): Promise<void>;
  /** A row with an id of which no cell could be used. */
  emptied(row: PartsFile['emptied'][number]): Promise<void>;
  /** Completes both files; without a single part only `parts.json`, which says why. @throws FedReconError `disk-full` */
  finish(): Promise<{ dataset: string; parts: string; accepted: number; problems: number }>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

/** Marks of a modality that a part has, and has not. */
const one = bytesOf(Float32Array.of(1));
const none = bytesOf(Float32Array.of(0));

interface OpenModality {
  readonly name: string;
  /** Values in the tensor where a part lacks this modality. */
  readonly absent: Float32Array;
  readonly values: Spool;
  readonly present: Spool;
}

/**
 * Opens a writer into the folder `output`.
 * @param read modalities that some column was taken for
 * @throws FedReconError `disk-full`
 */
export async function openDatasetWriter(
  plan: Plan,
  output: string,
  read: readonly string[],
): Promise<DatasetWriter> {
  await mkdir(output, { recursive: true });
  const work = join(output, 'unfinished');
  await rm(work, { recursive: true, force: true });
  await mkdir(work);
  const spools: Spool[] = [];
  const spool = async (name: string) => {
    const opened = await openSpool(join(work, name));
    spools.push(opened);
    return opened;
  };
  const modalities: OpenModality[] = [];
  for (const modality of plan.modalities) {
    const { name } = modality;
    modalities.push({
      name,
      absent: new Float32Array(valueSize(modality)),
      values: await spool(`${name}-values`),
      present: await spool(`${name}-present`),
    });
  }
  const parts = await spool('parts');
  const problems = await spool('problems');
  const blanks = await spool('emptied');
  let blank = 0;
  let accepted = 0;
  let refused = 0;
  const closeAll = () => Promise.all(spools.map((each) => each.close()));

  async function assembleTensors(path: string): Promise<void> {
    const tensors = modalities.flatMap(({ name, absent, values, present }) => [
      { name: `${name}/present`, shape: [accepted], file: present.path },
      { name: `${name}/values`, shape: [accepted, absent.length], file: values.path },
    ]);
    const header = encodeHeader(
      tensors.map(({ name, shape }) => [name, shape]),
      { format: 'fedrecon-dataset/1', planHash: planHash(plan) },
    );
    await assemble(path, [header, ...tensors.map(({ file }) => ({ file }))]);
  }

  return {
    async append(part) {
      for (const { name, values, present, absent } of modalities) {
        const value = part.values[name];
        await values.write(bytesOf(value?.values ?? absent));
        await present.write(value ? one : none);
      }
      const records = Object.entries(part.values).map(([name, value]) => [name, value.record]);
      const line = { id: part.id, row: part.row, values: Object.fromEntries(records) };
      await parts.write(jsonItem(line, accepted));
      accepted++;
    },

    async problem(problem) {
      await problems.write(jsonItem(problem, refused));
      refused++;
    },

    async emptied({ id, row }) {
      await blanks.write(jsonItem({ id, row }, blank));
      blank++;
    },

    async finish() {
      const files = { dataset: join(output, 'dataset.safetensors'), parts: join(output, 'parts.json') };
      await closeAll();
      await assemble(join(work, 'list'), [
        text(`{"modalities": ${JSON.stringify(read)},\n"emptied": [\n`),
        { file: blanks.path },
        text('\n],\n"parts": [\n'),
        { file: parts.path },
        text('\n],\n"problems": [\n'),
        { file: problems.path },
        text('\n]}\n'),
      ]);
      await rename(join(work, 'list'), files.parts);
      if (accepted > 0) {
        await assembleTensors(join(work, 'dataset'));
        await rename(join(work, 'dataset'), files.dataset);
      }
      await rm(work, { recursive: true });
      return { ...files, accepted, problems: refused };
    },

    async discard() {
      await closeAll().catch(() => undefined);
      await rm(work, { recursive: true, force: true });
    },
  };
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

function jsonItem(value: unknown, before: number): Uint8Array {
  return text(`${before === 0 ? '' : ',\n'}${JSON.stringify(value)}`);
}

/** Joins pieces of memory and whole files into one file, and makes sure it is on the disk. */
async function assemble(
  path: string,
  pieces: readonly (Uint8Array | { readonly file: string })[],
): Promise<void> {
  async function* content(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) {
      if (piece instanceof Uint8Array) yield piece;
      else yield* createReadStream(piece.file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
    }
  }
  try {
    await pipeline(content, createWriteStream(path));
    const file = await open(path, 'r+');
    await file.sync().finally(() => file.close());
  } catch (cause) {
    throw writeError(path, cause);
  }
}
