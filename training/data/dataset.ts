import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Plan, planHash } from '../../protocol/plan.ts';
import { encodeHeader } from '../../protocol/safetensors.ts';
import { valueSize } from '../../protocol/shapes.ts';
import { contentOf } from './file-content.ts';
import { type FloatRows, openFloatRows } from './float-rows.ts';
import type { EncodedPart } from './part.ts';
import { type EmptiedRow, openPartsFile } from './parts-file.ts';
import { type ImportProblem, writeError } from './problems.ts';

/**
 * Writer of `dataset.safetensors` (for each modality of the plan `<name>/values` [n, size] and `<name>/present` [n])
 * and of the parts file beside it, part by part in constant memory. Both files appear under their names only when they are whole.
 * Methods that take something answer a promise only where they have to wait for the disk; one call at a time.
 */
interface DatasetWriter {
  append(part: EncodedPart): Promise<void> | undefined;
  problem(problem: ImportProblem): Promise<void> | undefined;
  /** A row with an id of which no cell could be used. */
  emptied(row: EmptiedRow): Promise<void> | undefined;
  /**
   * Completes both files; without a single part only the parts file, which says why, unless a data set of no rows is wanted.
   * @throws FedReconError `disk-full`
   */
  finish(evenEmpty: boolean): Promise<{ dataset: string; parts: string; accepted: number; problems: number }>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

interface OpenModality {
  readonly name: string;
  readonly size: number;
  /** Undefined for a modality that no column was taken for: no part has it. */
  readonly rows: { readonly values: FloatRows; readonly present: FloatRows } | undefined;
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
  const modalities: OpenModality[] = [];
  for (const modality of plan.modalities) {
    const { name } = modality;
    const size = valueSize(modality);
    const rows = read.includes(name)
      ? {
          values: await openFloatRows(join(work, `${name}-values`), size),
          present: await openFloatRows(join(work, `${name}-present`), 1),
        }
      : undefined;
    modalities.push({ name, size, rows });
  }
  const opened = modalities.flatMap(({ rows }) => rows ?? []);
  const list = await openPartsFile(join(work, 'parts'), read);
  let accepted = 0;
  let refused = 0;
  const closeAll = () =>
    Promise.all(
      [list, ...opened.flatMap(({ values, present }) => [values, present])].map((each) => each.close()),
    );

  async function assembleTensors(path: string): Promise<void> {
    const tensors = modalities.flatMap(({ name, size, rows }) => [
      { name: `${name}/present`, shape: [accepted], file: rows?.present.path, values: accepted },
      { name: `${name}/values`, shape: [accepted, size], file: rows?.values.path, values: accepted * size },
    ]);
    const header = encodeHeader(
      tensors.map(({ name, shape }) => [name, shape]),
      { format: 'fedrecon-dataset/1', planHash: planHash(plan) },
    );
    const pieces = tensors.map(({ file, values }) => (file === undefined ? { zeros: 4 * values } : { file }));
    await assemble(path, [header, ...pieces]);
  }

  return {
    append(part) {
      const waiting: Promise<void>[] = [];
      const wait = (more: Promise<void> | undefined) => {
        if (more) waiting.push(more);
      };
      for (const { name, size, rows } of modalities) {
        if (!rows) continue;
        const { values, present } = rows;
        const value = part.values[name];
        if (!value) values.target.fill(0, values.at, values.at + size);
        else if (value.copyValues) value.copyValues(values.target, values.at);
        else values.target.set(value.values, values.at);
        present.target[present.at] = value ? 1 : 0;
        wait(values.next());
        wait(present.next());
      }
      wait(list.part(part));
      accepted++;
      return waiting.length > 0 ? Promise.all(waiting).then(() => undefined) : undefined;
    },

    problem(problem) {
      refused++;
      return list.problem(problem);
    },

    emptied: (row) => list.emptied(row),

    async finish(evenEmpty) {
      const files = { dataset: join(output, 'dataset.safetensors'), parts: join(output, 'parts.blocks') };
      await closeAll();
      await rename(join(work, 'parts'), files.parts);
      if (accepted > 0 || evenEmpty) {
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

/** Joins pieces of memory, whole files and zeros into one file, and makes sure it is on the disk. Zeros need not be written. */
async function assemble(
  path: string,
  pieces: readonly (Uint8Array | { readonly file: string } | { readonly zeros: number })[],
): Promise<void> {
  try {
    const file = await open(path, 'w');
    try {
      let size = 0;
      for (const piece of pieces) {
        if ('zeros' in piece) size += piece.zeros;
        else
          for await (const bytes of piece instanceof Uint8Array ? [piece] : contentOf(piece.file)) {
            for (let done = 0; done < bytes.length; )
              done += (await file.write(bytes, done, bytes.length - done, size + done)).bytesWritten;
            size += bytes.length;
          }
      }
      await file.truncate(size);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw writeError(path, cause);
  }
}
