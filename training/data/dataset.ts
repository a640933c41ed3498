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

/** More rows than any table has: the header has room for their number. */
const mostRows = 1e9;

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
  const planned = plan.modalities.map((modality) => ({ name: modality.name, size: valueSize(modality) }));
  // What is largest is written where it stays, so that its values are not copied at the end: they come first, behind room for the header.
  const inOrder = planned.toSorted(
    (one, other) =>
      Number(read.includes(other.name)) - Number(read.includes(one.name)) || other.size - one.size,
  );
  const headerOf = (rows: number, least?: number) =>
    encodeHeader(
      inOrder.flatMap(({ name, size }) => [
        [`${name}/values`, [rows, size]] as const,
        [`${name}/present`, [rows]] as const,
      ]),
      { format: 'fedrecon-dataset/1', planHash: planHash(plan) },
      least,
    );
  const room = headerOf(mostRows).length;
  const whole = join(work, 'dataset');
  const modalities: OpenModality[] = [];
  for (const [place, { name, size }] of inOrder.entries()) {
    const values = () =>
      place === 0 ? openFloatRows(whole, size, room) : openFloatRows(join(work, `${name}-values`), size);
    const rows = read.includes(name)
      ? { values: await values(), present: await openFloatRows(join(work, `${name}-present`), 1) }
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

  /** Puts the header and what is not there yet into the file of the largest values. */
  function assembleTensors(): Promise<void> {
    const pieces = modalities.flatMap(({ size, rows }) => [
      rows ? rows.values.path : 4 * size * accepted,
      rows ? rows.present.path : 4 * accepted,
    ]);
    return assemble(whole, headerOf(accepted, room), pieces);
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
        await assembleTensors();
        await rename(whole, files.dataset);
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

/**
 * Completes a file with its header and pieces behind that, and makes sure it is on the disk.
 * @param pieces files, one of which may be the file itself, where its piece is already; and numbers of zeros, which need not be written
 */
async function assemble(
  path: string,
  header: Uint8Array,
  pieces: readonly (string | number)[],
): Promise<void> {
  try {
    const file = await open(path, pieces.includes(path) ? 'r+' : 'w');
    const write = async (bytes: Uint8Array, at: number) => {
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    };
    try {
      await write(header, 0);
      let size = header.length;
      for (const piece of pieces) {
        if (piece === path) size = (await file.stat()).size;
        else if (typeof piece === 'number') size += piece;
        else
          for await (const bytes of contentOf(piece)) {
            await write(bytes, size);
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
