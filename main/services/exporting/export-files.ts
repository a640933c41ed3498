import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasPlaces } from '../../../protocol/kinds/index.ts';
import type { PictureFields } from '../../../protocol/kinds/kind.ts';
import type { ExportFormat } from '../../api/export-formats.ts';
import { workstationKind } from '../../kinds/index.ts';
import { encodePicture } from '../../pictures/picture.ts';
import { hashOf } from '../../store/files.ts';
import { tensorRow } from '../images.ts';
import { reconstructedView } from '../reconstructed-view.ts';
import { badged } from './badged-picture.ts';
import { csv } from './csv.ts';
import { captionOf, noticeOf, pictureText, recordColumns, recordHead } from './describe.ts';
import { entryOf } from './export-manifest.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportedFile, ExportSetting } from './export-setting.ts';
import { parquetOf } from './parquet.ts';
import { printedReport } from './printed-report.ts';

type Progress = (fraction: number) => void;

/** Files of an export: those of single reconstructions or the one of all, and those that tell of all besides. */
interface ExportedFiles {
  readonly files: readonly ExportedFile[];
  readonly also: readonly ExportedFile[];
}

/**
 * Writes reconstructions of a modality into a folder: pictures one by one, all else as rows of a table; and in the formats
 * that were asked for besides.
 */
export async function writeExport(
  folder: string,
  setting: ExportSetting,
  records: readonly ExportRecord[],
  formats: readonly ExportFormat[],
  progress: Progress,
): Promise<ExportedFiles> {
  const { modality } = setting;
  const isOneEach = hasPlaces(modality);
  const also: ExportedFile[] = [];
  const write = async (file: string, bytes: Uint8Array) => {
    await writeFile(join(folder, file), bytes);
    return { file, sha256: hashOf(bytes) };
  };
  const pictures = isOneEach ? await writePictures(write, setting, modality, records, progress) : [];
  const table = isOneEach
    ? { head: ['file'], rows: pictures.map(({ file }) => [file]) }
    : await cellsOf(setting, records, progress);
  const head = [...recordHead, ...table.head];
  const rows = records.map((record, index) => [...recordColumns(setting, record), ...table.rows[index]!]);
  const sheet = async () => write(`${modality.name}.csv`, Buffer.from(csv([head, ...rows])));
  const files = isOneEach ? pictures : [await sheet()];
  if (isOneEach && formats.includes('csv')) also.push(await sheet());
  if (formats.includes('parquet')) {
    const about = { notice: `${noticeOf(setting).en} ${noticeOf(setting).ja}`, plan: setting.planHash };
    also.push(await write(`${modality.name}.parquet`, await parquetOf(head, rows, about)));
  }
  if (formats.includes('json'))
    for (const [index, record] of records.entries()) {
      const entry = {
        notice: noticeOf(setting),
        modality: modality.name,
        ...entryOf(setting, record, pictures[index]),
      };
      await write(`${stemOf(record, index)}.json`, Buffer.from(`${JSON.stringify(entry, null, 2)}\n`));
      progress(1);
    }
  if (formats.includes('pdf')) {
    const shown = async (index: number) =>
      isOneEach
        ? { picture: await readFile(join(folder, pictures[index]!.file)) }
        : { values: table.head.map((name, column) => [name, table.rows[index]![column]!] as const) };
    also.push(await write(`${modality.name}.pdf`, await printedReport(setting, records, shown)));
  }
  return { files, also };
}

type Write = (file: string, bytes: Uint8Array) => Promise<ExportedFile>;

async function writePictures(
  write: Write,
  setting: ExportSetting,
  { width, height, channels }: PictureFields,
  records: readonly ExportRecord[],
  progress: Progress,
): Promise<ExportedFile[]> {
  const { store, barred } = setting;
  const files: ExportedFile[] = [];
  for (const [index, record] of records.entries()) {
    const values = await tensorRow(store, record.found.file, 'mean', record.found.position);
    const { picture, scale } = await badged({ width, height, channels, values }, barred, captionOf(record));
    const bytes = encodePicture(picture, pictureText(setting, record));
    files.push({ ...(await write(`${stemOf(record, index)}.png`, bytes)), scale });
    progress((index + 1) / records.length);
  }
  return files;
}

/** Values of reconstructions as cells of a table, with the names of their columns. */
async function cellsOf(
  { store, modality, vocabulary }: ExportSetting,
  records: readonly ExportRecord[],
  progress: Progress,
): Promise<{ head: string[]; rows: (string | number)[][] }> {
  const { table } = workstationKind(modality);
  if (!table) throw new Error(`${modality.name} is exported as pictures`);
  const rows: (string | number)[][] = [];
  for (const [index, record] of records.entries()) {
    const view = await reconstructedView(store, vocabulary, modality, record.found, record.width);
    rows.push([...table.cells(modality, view)]);
    progress((index + 1) / records.length);
  }
  return { head: [...table.head(modality)], rows };
}

/** Name of the files of one reconstruction, without what says what they are. */
function stemOf({ name }: ExportRecord, index: number): string {
  return `${String(index + 1).padStart(5, '0')}-${fileName(name)}`;
}

/** File name of a part, as every file system takes it. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60);
}
