import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModalityKind } from '../../../protocol/plan.ts';
import { encodePicture } from '../../pictures/picture.ts';
import { hashOf } from '../../store/files.ts';
import { tensorRow } from '../images.ts';
import { signalView, wordsView } from '../values.ts';
import { badged } from './badged-picture.ts';
import { csv } from './csv.ts';
import { pictureText, recordColumns, recordHead } from './describe.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';

export interface ExportedFile {
  readonly file: string;
  readonly sha256: string;
  /** Pictures: by how much each pixel was enlarged. */
  readonly scale?: number;
}

type Writer = (
  folder: string,
  setting: ExportSetting,
  records: readonly ExportRecord[],
  progress: (fraction: number) => void,
) => Promise<ExportedFile[]>;

/** A kind of modality → how its reconstructions become files. One file a record, or one for all of them. */
export const exportWriters: Readonly<Record<ModalityKind, Writer>> = {
  image: async (folder, setting, records, progress) => {
    const { store, modality, barred } = setting;
    if (modality.kind !== 'image') return [];
    const { width, height, channels } = modality;
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
  },
  signal: async (folder, setting, records, progress) => {
    const { store, modality } = setting;
    if (modality.kind !== 'signal') return [];
    const places = Array.from({ length: modality.length }, (_, index) => index + 1);
    const head = ['', '_low', '_high'].flatMap((side) =>
      places.map((place) => `${modality.name}_${place}${side}`),
    );
    const blank = places.map(() => '');
    const rows = await rowsOf(setting, records, progress, async ({ found: { file, position }, width }) => {
      const mean = await tensorRow(store, file, 'mean', position);
      const sigma = width === undefined ? undefined : await tensorRow(store, file, 'sigma', position);
      const view = signalView(modality, mean, sigma && width !== undefined ? { sigma, width } : undefined);
      return view.kind === 'signal' ? [...view.values, ...(view.low ?? blank), ...(view.high ?? blank)] : [];
    });
    return [await table(folder, setting, head, rows)];
  },
  text: async (folder, setting, records, progress) => {
    const { store, modality, vocabulary } = setting;
    if (modality.kind !== 'text') return [];
    const rows = await rowsOf(setting, records, progress, async ({ found: { file, position } }) => {
      const view = wordsView(vocabulary(modality), modality, await tensorRow(store, file, 'mean', position));
      const words = view.kind === 'text' ? (view.words ?? []) : [];
      return [words.map(({ word, probability }) => `${word} ${probability.toFixed(3)}`).join('; ')];
    });
    return [await table(folder, setting, [`${modality.name}_likely_words`], rows)];
  },
};

async function rowsOf(
  setting: ExportSetting,
  records: readonly ExportRecord[],
  progress: (fraction: number) => void,
  values: (record: ExportRecord) => Promise<(string | number)[]>,
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const [index, record] of records.entries()) {
    rows.push([...recordColumns(setting, record), ...(await values(record))]);
    progress((index + 1) / records.length);
  }
  return rows;
}

async function table(
  folder: string,
  { modality }: ExportSetting,
  head: readonly string[],
  rows: (string | number)[][],
): Promise<ExportedFile> {
  const file = `${modality.name}.csv`;
  const bytes = Buffer.from(csv([[...recordHead, ...head], ...rows]));
  await writeFile(join(folder, file), bytes);
  return { file, sha256: hashOf(bytes) };
}

/** A part's name as every file system takes it. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60);
}
