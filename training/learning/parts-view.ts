import { z } from 'zod';
import type { Table } from './row-table.ts';

/**
 * Where each part's values lie, as a JSON document that stands in the place of a data set file: parts that several imports
 * measured are one row here, and what an import replaced, or a person deleted, is not in it. Nothing is copied when data change.
 */
export const partsView = z.strictObject({
  format: z.literal('fedrecon-view/1'),
  /** Parts: rows of the data set. */
  count: z.int().nonnegative(),
  /** Data set files, relative to the folder of the view. */
  files: z.array(z.string()),
  /** Modality → runs of rows [file, first row there, rows], one after the other; of file -1, rows that lack it. */
  modalities: z.record(
    z.string(),
    z.array(z.tuple([z.int().min(-1), z.int().nonnegative(), z.int().positive()])),
  ),
});
export type PartsView = z.infer<typeof partsView>;

/** Whether a file of these first bytes is a view. A safetensors file starts with the length of its header, which is never so long. */
export function startsView(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b && bytes[1] === 0x22 && bytes[7] !== 0;
}

/** What one modality of a data set holds, and the data set: as `datasets.ts` reads them. */
interface Measured {
  readonly values: Table;
  readonly present: Float32Array;
}
interface Assembled {
  readonly count: number;
  readonly modalities: Readonly<Record<string, Measured>>;
}

/**
 * The data set that a view describes.
 * @param read a data set file of the view, by its name there; each is read once and let go before the next
 * @throws Error saying what does not fit
 */
export async function assembleView(
  { count, files, modalities }: PartsView,
  read: (file: string) => Promise<Assembled>,
): Promise<Assembled> {
  const whole: Record<string, Measured> = {};
  const gathered: Record<string, Measured> = {};
  for (const [index, file] of files.entries()) {
    const dataset = await read(file);
    for (const [name, runs] of Object.entries(modalities)) {
      const own = placed(runs).filter((run) => run.file === index);
      if (own.length === 0) continue;
      const measured = dataset.modalities[name];
      if (!measured) throw new Error(`${file} holds no ${name}`);
      const [only] = own;
      // The usual case of one import that measured all: its values are taken as they are.
      if (runs.length === 1 && only!.from === 0 && only!.rows === count && dataset.count === count)
        whole[name] = measured;
      else {
        gathered[name] ??= emptyOf(count, measured.values.width);
        for (const run of own) copyRun(measured, gathered[name], run);
      }
    }
  }
  return { count, modalities: { ...gathered, ...whole } };
}

interface Run {
  readonly file: number;
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

function placed(runs: PartsView['modalities'][string]): Run[] {
  let to = 0;
  return runs.map(([file, from, rows]) => {
    const run = { file, from, to, rows };
    to += rows;
    return run;
  });
}

function emptyOf(count: number, width: number): Measured {
  return { values: { data: new Float32Array(count * width), width }, present: new Float32Array(count) };
}

function copyRun(source: Measured, target: Measured, { from, to, rows }: Run): void {
  const { width } = target.values;
  if (source.values.width !== width)
    throw new Error(`values are ${source.values.width} wide instead of ${width}`);
  if (from + rows > source.present.length) throw new Error(`there is no row ${from + rows - 1}`);
  target.values.data.set(source.values.data.subarray(from * width, (from + rows) * width), to * width);
  target.present.set(source.present.subarray(from, from + rows), to);
}
