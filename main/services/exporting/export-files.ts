import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasPlaces } from '../../../protocol/kinds/index.ts';
import type { PictureFields } from '../../../protocol/kinds/kind.ts';
import { workstationKind } from '../../kinds/index.ts';
import { encodePicture } from '../../pictures/picture.ts';
import { hashOf } from '../../store/files.ts';
import { tensorRow } from '../images.ts';
import { reconstructedView } from '../reconstructed-view.ts';
import { badged } from './badged-picture.ts';
import { csv } from './csv.ts';
import { pictureText, recordColumns, recordHead } from './describe.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';

export interface ExportedFile {
  readonly file: string;
  readonly sha256: string;
  /** Factor by which each pixel of a picture was enlarged; absent for tables. */
  readonly scale?: number;
}

type Progress = (fraction: number) => void;

/** Writes reconstructions of a modality into a folder: pictures one by one, all else as rows of one table. */
export function writeExport(
  folder: string,
  setting: ExportSetting,
  records: readonly ExportRecord[],
  progress: Progress,
): Promise<ExportedFile[]> {
  const { modality } = setting;
  return hasPlaces(modality)
    ? writePictures(folder, setting, modality, records, progress)
    : writeTable(folder, setting, records, progress);
}

async function writePictures(
  folder: string,
  setting: ExportSetting,
  { width, height, channels }: PictureFields,
  records: readonly ExportRecord[],
  progress: Progress,
): Promise<ExportedFile[]> {
  const { store, barred } = setting;
  const files: ExportedFile[] = [];
  for (const [index, record] of records.entries()) {
    const values = await tensorRow(store, record.found.file, 'mean', record.found.position);
    const { picture, scale } = badged({ width, height, channels, values }, barred);
    const bytes = encodePicture(picture, pictureText(setting, record));
    const file = `${String(index + 1).padStart(5, '0')}-${fileName(record.name)}.png`;
    await writeFile(join(folder, file), bytes);
    files.push({ file, sha256: hashOf(bytes), scale });
    progress((index + 1) / records.length);
  }
  return files;
}

async function writeTable(
  folder: string,
  setting: ExportSetting,
  records: readonly ExportRecord[],
  progress: Progress,
): Promise<ExportedFile[]> {
  const { store, modality, vocabulary } = setting;
  const { table } = workstationKind(modality);
  if (!table) throw new Error(`${modality.name} is exported as pictures`);
  const rows: (string | number)[][] = [];
  for (const [index, record] of records.entries()) {
    const view = await reconstructedView(store, vocabulary, modality, record.found, record.width);
    rows.push([...recordColumns(setting, record), ...table.cells(modality, view)]);
    progress((index + 1) / records.length);
  }
  const file = `${modality.name}.csv`;
  const bytes = Buffer.from(csv([[...recordHead, ...table.head(modality)], ...rows]));
  await writeFile(join(folder, file), bytes);
  return [{ file, sha256: hashOf(bytes) }];
}

/** File name of a part, as every file system takes it. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60);
}
