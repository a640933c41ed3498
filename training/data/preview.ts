import { basename, resolve } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { Plan } from '../../protocol/plan.ts';
import { openManifestFolder } from '../cells/folder.ts';
import { bindColumns } from './columns.ts';
import { guessRoles } from './guess.ts';
import type { Delimiter } from './manifest/dialect.ts';
import type { CharacterEncoding } from './manifest/encoding.ts';
import { findManifest, openManifest } from './manifest/manifest.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { readPart } from './part.ts';
import {
  type KnownPictures,
  lookAtPictures,
  type UnderstoodPictures,
  understoodPictures,
} from './picture-looks.ts';
import { asProblem, type ImportProblem } from './problems.ts';

/** Preview of an import: how a folder with a CSV manifest is understood, from its first rows. */
export interface ImportPreview {
  readonly folder: string;
  /** Absolute path of the CSV file. */
  readonly manifest: string;
  readonly encoding: CharacterEncoding;
  readonly delimiter: Delimiter;
  readonly decimalComma: boolean;
  /** Number of rows that were read; `partial` if the file has more. */
  readonly rows: number;
  readonly partial: boolean;
  /** Columns with their guessed roles (`columns.ts`) and first cells. */
  readonly columns: readonly {
    readonly name: string;
    readonly role: string;
    readonly examples: readonly string[];
  }[];
  readonly counts: readonly {
    readonly modality: string;
    readonly present: number;
    readonly missing: number;
  }[];
  /** Modalities of the plan that no column holds. This is normal: they are what this plant will see reconstructed. */
  readonly absent: readonly string[];
  /** First parts, with the reading of each modality. */
  readonly parts: readonly {
    readonly row: number;
    readonly id: string;
    readonly shown: Readonly<Record<string, string>>;
  }[];
  readonly problems: readonly ImportProblem[];
  /** How the pictures of each modality are understood, by a sample from these rows. */
  readonly pictures: readonly UnderstoodPictures[];
}

const rowsLooked = 300;
const examplesShown = 4;
const partsShown = 10;

/**
 * Previews the import of a folder under this plan from the manifest's first rows. Of images it opens a few, for the scale
 * that they are in, so it is quick enough for the application's own process.
 * `columns` replaces the guessed roles where a person has corrected them, `pictures` what would be found of images.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`, `manifest-encoding`, `manifest-empty`
 */
export async function preview(
  plan: Plan,
  folder: string,
  manifest?: string,
  columns: Readonly<Record<string, string>> = {},
  pictures: KnownPictures = {},
): Promise<ImportPreview> {
  const dataFolder = await openManifestFolder(folder);
  const opened = await openManifest(await findManifest(dataFolder.path, manifest));
  const { rows, partial } = await firstRows(opened.rows());
  if (rows.length === 0) throw new FedReconError('manifest-empty', { manifest: basename(opened.path) });
  const cells = rows.flatMap((row) => ('cells' in row ? [row.cells] : []));
  const guessed = guessRoles(plan, opened.columns, cells);
  const roles = opened.columns.map((name, index) =>
    Object.hasOwn(columns, name) ? columns[name]! : guessed[index]!,
  );

  const problems: ImportProblem[] = [];
  const shown: { row: number; id: string; shown: Record<string, string> }[] = [];
  let bound: readonly string[] = [];
  let looks: Awaited<ReturnType<typeof lookAtPictures>> = new Map();
  try {
    const named = Object.fromEntries(opened.columns.map((name, index) => [name, roles[index]!]));
    const binding = bindColumns(plan, opened.columns, named);
    bound = binding.modalities.map(({ modality }) => modality.name);
    const context = { folder: dataFolder, decimal: opened.decimal };
    for (const row of rows) {
      if ('problem' in row) {
        problems.push(row.problem);
        continue;
      }
      const part = await readPart(opened.columns, binding, row.row, row.cells, context);
      problems.push(...part.problems);
      const readings = Object.entries(part.readings).map(([name, reading]) => [name, reading.shown]);
      shown.push({ row: part.row, id: part.id, shown: Object.fromEntries(readings) });
    }
    looks = await lookAtPictures(rows, binding, dataFolder, pictures);
  } catch (thrown) {
    problems.push(asProblem(1, '', thrown));
  }

  const present = (name: string) => shown.filter((part) => name in part.shown).length;
  return {
    folder: resolve(folder),
    manifest: opened.path,
    encoding: opened.encoding,
    delimiter: opened.delimiter,
    decimalComma: opened.decimal === ',',
    rows: rows.length,
    partial,
    columns: opened.columns.map((name, index) => ({
      name,
      role: roles[index]!,
      examples: cells.slice(0, examplesShown).map((row) => (row[index] ?? '').slice(0, 80)),
    })),
    counts: bound.map((name) => ({
      modality: name,
      present: present(name),
      missing: rows.length - present(name),
    })),
    absent: plan.modalities.map(({ name }) => name).filter((name) => !bound.includes(name)),
    parts: shown.slice(0, partsShown),
    problems,
    pictures: understoodPictures(looks),
  };
}

async function firstRows(
  source: AsyncGenerator<ManifestRow>,
): Promise<{ rows: ManifestRow[]; partial: boolean }> {
  const rows: ManifestRow[] = [];
  for await (const row of source) {
    if (rows.length === rowsLooked) return { rows, partial: true };
    rows.push(row);
  }
  return { rows, partial: false };
}
