import { basename, resolve } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { channelsOf } from '../../protocol/kinds/index.ts';
import type { Plan } from '../../protocol/plan.ts';
import { openManifestFolder } from '../cells/folder.ts';
import type { NumberMarks } from '../cells/numbers.ts';
import { trainingKind } from '../kinds/index.ts';
import { type Binding, bindColumns } from './columns.ts';
import { contentStamp } from './file-stamps.ts';
import { type GuessedColumns, guessColumns } from './guess.ts';
import { type KnownParts, knownParts } from './known-parts.ts';
import { type CharacterEncoding, encodings } from './manifest/encoding/encodings.ts';
import { findManifest, openManifest } from './manifest/manifest.ts';
import type { FoundReading } from './manifest/open-table.ts';
import type { Delimiter, ReadingSettings } from './manifest/reading-settings.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { type BadRow, unusableRows } from './manifest/text/unusable-rows.ts';
import type { Identity } from './part-identity.ts';
import { partRows } from './part-rows.ts';
import { type PartSample, samplesOf } from './part-samples.ts';
import { identityOf, namesIn, numberColumns, rowsLooked, sourceOf, unclearNumber } from './part-table.ts';
import { type KnownPictures, lookAtPictures, type UnderstoodPictures } from './picture-looks.ts';
import { asProblem, type ImportProblem } from './problems.ts';
import { type ReadingSamples, readingSamples } from './reading-samples.ts';
import { idIn, readingBy } from './said-columns.ts';
import { unreadColumns } from './unread-columns.ts';
import { numberingProblems } from './unused-columns.ts';

/** What a folder with a table of parts was understood as. */
export interface ImportPreview {
  readonly folder: string;
  /** Absolute path of the table. */
  readonly manifest: string;
  /** What was looked at, so that an import can tell that it is the same: see `contentStamp`. */
  readonly content: string;
  readonly encoding: CharacterEncoding | undefined;
  /** Encodings that a person can choose among, where the table is text. */
  readonly encodings: readonly CharacterEncoding[];
  readonly delimiter: Delimiter | undefined;
  readonly decimalComma: boolean;
  /** How the table is read: each found, with how sure that is and why, or said by a person. */
  readonly reading: FoundReading;
  /** Rows that were looked at; `partial` where the file has more. */
  readonly rows: number;
  readonly partial: boolean;
  /** Rows whose cells were read, for what is wrong with them, and whether these are all. */
  readonly read: { readonly rows: number; readonly isAll: boolean };
  /** Columns with their guessed roles (`columns.ts`) and first cells. */
  readonly columns: readonly {
    readonly name: string;
    readonly role: string;
    /** Unit that the table says; empty where it says none. */
    readonly unit: string;
    readonly examples: readonly string[];
  }[];
  /** By what parts are told apart, and how the ids of all rows meet the parts that are here. */
  readonly identity: Omit<Identity, 'column'> & { readonly column: string | null } & KnownParts;
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
  /** True if the table as a whole cannot be read as it is understood, so that an import refuses it: the problems say why. */
  readonly isRefused: boolean;
  /** Those of them that are about a column as a whole, which an import leaves out without a word. */
  readonly unread: readonly ImportProblem[];
  /** How the pictures of each modality are understood, by a sample from these rows. */
  readonly pictures: readonly UnderstoodPictures[];
  /** Some of the parts as they would be imported, where they were asked for. */
  readonly samples: readonly PartSample[];
  /** Cells that show what a guess of the reading does. */
  readonly shows: ReadingSamples;
}

/** What a person has said, and what is here already. */
interface PreviewOptions {
  readonly reading?: ReadingSettings | undefined;
  /** Names of the parts that are here. */
  readonly known?: Iterable<string>;
  /** Roles that were guessed elsewhere, by column name, in place of the guesses made here. */
  readonly guessed?: Readonly<Record<string, string>> | undefined;
  /** What is known of the pictures, by modality. */
  readonly pictures?: KnownPictures;
  /** Parts that are read as an import would read them, their pictures decoded; usually none. */
  readonly samples?: number;
}

const examplesShown = 4;
const partsShown = 10;
/** Rows of which the cells are read too: more would take longer than a person waits. */
const mostRead = 20_000;
/** A person reads no more. */
const mostProblems = 1000;

/**
 * Previews the import of a folder under this plan: how its table is read and what its rows and ids are, from all of it; what
 * its columns are, from its first rows; what is wrong with its cells, from 20,000 of them. Of images it opens a few, for the scale that they are in, so it is quick enough for the
 * application's own process.
 * `columns` replaces the guessed roles where a person has corrected them.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`, `manifest-encoding`, `manifest-empty`
 */
export async function preview(
  plan: Plan,
  folder: string,
  manifest?: string,
  columns: Readonly<Record<string, string>> = {},
  { reading: given, known = [], guessed: otherwise, pictures = {}, samples: wanted = 0 }: PreviewOptions = {},
): Promise<ImportPreview> {
  const begun = Date.now();
  const reading = readingBy(given, idIn(columns));
  const dataFolder = await openManifestFolder(folder);
  const opened = await openManifest(
    await findManifest(dataFolder.path, manifest, reading),
    reading,
    namesIn(plan),
  );
  // Files are stamped before they are looked at.
  const stamp = await contentStamp(opened, dataFolder, begun);
  const { rows, partial } = await firstRows(opened.rows());
  if (rows.length === 0) throw new FedReconError('manifest-empty', { manifest: basename(opened.path) });
  const count = rows.filter((row) => !('isNoRow' in row)).length;
  const readable = rows.filter((row) => 'cells' in row);
  const cells = readable.map((row) => row.cells);
  const guessed = withOthers(guessColumns(plan, opened.columns, cells), opened.columns, otherwise);
  const roles = opened.columns.map((name, index) =>
    Object.hasOwn(columns, name) ? columns[name]! : guessed.roles[index]!,
  );

  const problems: ImportProblem[] = [];
  const shown: { row: number; id: string; shown: Record<string, string> }[] = [];
  const ids = knownParts(known);
  // What is said of the folder as a whole stands behind the rows, with a place that is none of theirs.
  const lastLooked = (rows.findLast((row) => !('problem' in row)) ?? rows.at(-1)!).row;
  let [cellsRead, isAllRead] = [0, true];
  let binding: Binding | undefined;
  let isRefused = false;
  let understood: readonly UnderstoodPictures[] = [];
  let samples: readonly PartSample[] = [];
  try {
    const unfit = rows.find((row): row is BadRow => 'problem' in row && row.problem.code === 'row-width');
    if (unfit && readable.length === 0) throw unusableRows(basename(opened.path), unfit);
    const named = Object.fromEntries(opened.columns.map((name, index) => [name, roles[index]!]));
    binding = bindColumns(plan, opened.columns, named);
    const source = sourceOf(opened, binding);
    const context = { folder: dataFolder, nothing: opened.nothing };
    for await (const { row, id, readings, found, isNoRow } of partRows(opened, source, context, mostRead)) {
      if (readings || (id === undefined && !isNoRow)) cellsRead++;
      else if (id !== undefined) isAllRead = false;
      if (id !== undefined) ids.add(row, id);
      for (const one of found) if (problems.length < mostProblems) problems.push(one);
      if (id === undefined || !readings || row > lastLooked) continue;
      const seen = Object.entries(readings).map(([name, reading]) => [name, reading.shown]);
      shown.push({ row, id, shown: Object.fromEntries(seen) });
    }
    const looked = await lookAtPictures(
      ...([rows, binding, dataFolder] as const),
      { columns: opened.columns, header: opened.found.header?.value || 1 },
      pictures,
    );
    problems.push(...looked.notices);
    understood = looked.understood;
    const read = await samplesOf(source, rows, { ...context, pictures: { looks: looked.looks } }, wanted);
    samples = read.samples;
    problems.push(...read.problems);
  } catch (thrown) {
    isRefused = true;
    // What is doubtful of the table as a whole comes before what follows from it.
    const refusal = opened.doubts[0] ?? thrown;
    problems.push(asProblem(rowOf(refusal) ?? (opened.found.header?.value || 1), columnOf(refusal), refusal));
  }

  // Of a table of one value a row the rows that could not be read say why a column is empty.
  if (!binding) problems.push(...rows.flatMap((row) => ('problem' in row ? [row.problem] : [])));
  const judged = opened.marksOf(binding ? numberColumns(binding) : new Set());
  const { marks } = judged;
  const uses = opened.columns.map((name, index) => ({ name, use: useOf(plan, roles[index]!) }));
  const unread = await unreadColumns(uses, rows, judged, {
    ...{ folder: dataFolder, hasId: roles.includes('id'), tellsUnused: otherwise !== undefined },
    unclearIn(column) {
      const own = opened.marksOf(new Set([column]));
      const wrong = own.unclear.find((one) => one.column === column);
      return wrong && unclearNumber(opened, wrong, own.marks.value);
    },
  });
  for (const { modality, columns: own } of binding?.modalities ?? []) {
    const names = own.map((index) => opened.columns[index]!);
    // A plan that names its channels says what they are.
    if (otherwise || !channelsOf(modality))
      unread.push(...numberingProblems(names, opened.found.header?.value || 1));
  }
  problems.push(...unread);
  const bound = binding?.modalities.map(({ modality }) => modality.name) ?? [];
  const present = (name: string) => shown.filter((part) => name in part.shown).length;
  const identity = identityOf(guessed.identity, opened.columns, columns, binding);
  const { encoding, delimiter } = opened.found;
  return {
    folder: resolve(folder),
    manifest: opened.path,
    content: stamp,
    encoding: encoding?.value,
    encodings: encoding ? encodings : [],
    delimiter: delimiter?.value,
    decimalComma: marks.value.decimal === ',',
    reading: { ...opened.found, marks, ...(judged.byTable && { otherMarks: othersOf(judged.byTable) }) },
    rows: count,
    partial,
    read: { rows: cellsRead, isAll: isAllRead },
    columns: opened.columns.map((name, index) => ({
      name,
      role: roles[index]!,
      unit: opened.units[index]!.unit,
      examples: cells.slice(0, examplesShown).map((row) => (row[index] ?? '').slice(0, 80)),
    })),
    identity: {
      ...identity,
      column: identity.column === undefined ? null : opened.columns[identity.column]!,
      ...ids.result(),
    },
    counts: bound.map((name) => ({
      modality: name,
      present: present(name),
      missing: count - present(name),
    })),
    absent: plan.modalities.map(({ name }) => name).filter((name) => !bound.includes(name)),
    parts: shown.slice(0, partsShown),
    problems,
    isRefused,
    unread,
    pictures: understood,
    samples,
    shows: readingSamples(opened, binding, readable, judged),
  };
}

function othersOf(byTable: ReadonlyMap<string, NumberMarks>): NonNullable<FoundReading['otherMarks']> {
  return Array.from(byTable, ([table, marks]) => ({ table, marks }));
}

/** What a column of this role is used for, as far as numbers may be lost by it. */
function useOf(plan: Plan, role: string): 'unused' | 'notes' | undefined {
  if (role === 'ignore') return 'unused';
  const modality = plan.modalities.find(({ name }) => name === role);
  return modality && !trainingKind(modality).isReading ? 'notes' : undefined;
}

/** Guesses with roles from elsewhere; what looks like an id there stays one where nothing else was made of it. */
function withOthers(
  { roles, identity }: GuessedColumns,
  header: readonly string[],
  otherwise: Readonly<Record<string, string>> | undefined,
): GuessedColumns {
  if (!otherwise) return { roles, identity };
  const others = header.map((name, index) => {
    const role = Object.hasOwn(otherwise, name) ? otherwise[name]! : 'ignore';
    return role === 'ignore' && index === identity.column ? 'id' : role;
  });
  const id = others.indexOf('id');
  const isSame = id === identity.column || (id < 0 && identity.column === undefined);
  return {
    roles: others,
    identity: isSame
      ? identity
      : { column: id < 0 ? undefined : id, confidence: 0.9, reason: id < 0 ? 'none' : 'name' },
  };
}

/** Column that a refusal is about, where it names one. */
function columnOf(thrown: unknown): string {
  const column = thrown instanceof FedReconError ? thrown.detail.column : undefined;
  return typeof column === 'string' ? column : '';
}

/** Row that a refusal is about, where it names one. */
function rowOf(thrown: unknown): number | undefined {
  const row = thrown instanceof FedReconError ? thrown.detail.row : undefined;
  return typeof row === 'number' ? row : undefined;
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
