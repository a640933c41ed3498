import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { hasRange } from '../../protocol/kinds/index.ts';
import { measuredUnit } from '../../protocol/kinds/scaling.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type NumberMarks, parseNumber } from '../cells/numbers.ts';
import { plainName } from '../cells/series-names.ts';
import { isSameUnit } from '../cells/written-units.ts';
import { type Binding, bindColumns } from './columns.ts';
import { guessColumns } from './guess.ts';
import { findManifest, type Manifest, openManifest } from './manifest/manifest.ts';
import { type MeasurementUnits, measuredIn } from './manifest/numbers/cell-units.ts';
import type { JudgedMarks, UnclearNumber } from './manifest/numbers/number-marks.ts';
import type { TableFile } from './manifest/open-table.ts';
import type { ReadingSettings } from './manifest/reading-settings.ts';
import { isUsualName } from './names.ts';
import { numberedAs } from './numbered-columns.ts';
import type { RowSource } from './part.ts';
import type { Identity } from './part-identity.ts';
import { idIn, readingBy } from './said-columns.ts';

/** Which table of a folder, and what a person has said of it. */
interface TableRequest {
  readonly manifest?: string | undefined;
  readonly columns: Readonly<Record<string, string>>;
  readonly reading?: ReadingSettings | undefined;
}

/** Rows that guesses rest on. */
export const rowsLooked = 300;

/**
 * Opens the table of a folder for an import. Without roles of its columns those that are guessed are used, but for an id that
 * nothing but its cells speaks for.
 * @param folder absolute, without links
 * @throws FedReconError of `findManifest`, `openManifest`, `bindColumns` and `sourceOf`; `id-unconfirmed`
 */
export async function openPartTable(
  plan: Plan,
  folder: string,
  { manifest: name, columns, reading: given }: TableRequest,
): Promise<{ readonly manifest: Manifest; readonly source: RowSource }> {
  const reading = readingBy(given, idIn(columns));
  const manifest = await openManifest(await findManifest(folder, name, reading), reading, namesIn(plan));
  // What is doubtful of the table as a whole comes before what follows from it.
  if (manifest.doubts[0]) throw manifest.doubts[0];
  const roles = Object.keys(columns).length > 0 ? columns : await guessedRoles(plan, manifest);
  const binding = bindColumns(plan, manifest.columns, roles);
  return { manifest, source: sourceOf(manifest, binding) };
}

async function guessedRoles(plan: Plan, manifest: Manifest): Promise<Record<string, string>> {
  const rows: (readonly string[])[] = [];
  for await (const row of manifest.rows()) {
    if ('cells' in row) rows.push(row.cells);
    if (rows.length === rowsLooked) break;
  }
  const { roles, identity } = guessColumns(plan, manifest.columns, rows);
  if (identity.reason === 'looks')
    throw new FedReconError('id-unconfirmed', { column: manifest.columns[identity.column!]! });
  return Object.fromEntries(manifest.columns.map((column, index) => [column, roles[index]!]));
}

/** Tells the names of columns from values: the usual ones, and those of the plan. */
export function namesIn(plan: Plan): (cell: string) => boolean {
  const own = new Set(
    plan.modalities.flatMap(({ name, label }) => [name, label.en, label.ja].map(plainName)),
  );
  return (cell) => {
    const name = plainName(cell);
    return isUsualName(cell) || own.has(numberedAs(name)?.stem ?? name);
  };
}

/**
 * Rows of a table as parts: named after its folder and contents where it has no ids, so that they meet no part of another file;
 * the numbers of each modality read as its columns are written. Numbers that can be read in two ways are refused: which is
 * right is for a person to say.
 * @throws FedReconError `number-unclear`, `number-mixed`, `list-unclear`, `list-grouped`, `unit-other`, and what the tables together are refused for
 */
export function sourceOf(manifest: Manifest, binding: Binding): RowSource {
  const { path, sha256, columns, files, doubts } = manifest;
  if (doubts[0]) throw doubts[0];
  const callAfter = ({ path, sha256 }: TableFile) => {
    const key = createHash('sha256').update(`${path}\n${sha256}`).digest('hex').slice(0, 8);
    return (row: number) => `${basename(path)}#${row}-${key}`;
  };
  const callRow = callAfter({ path, sha256 });
  // A table of several names its rows as it would alone, so that a day that is added renames no part.
  const callers = new Map(Array.from(files ?? [], ([name, file]) => [name, callAfter(file)]));
  for (const bound of binding.modalities) checkUnits(manifest, bound);
  const marks = binding.modalities.map((bound) => clearMarks(manifest, bound));
  const name: RowSource['name'] = (row, table) => (callers.get(table ?? '') ?? callRow)(row);
  const units = binding.modalities.map((bound) => unitsOf(manifest, bound));
  return { header: columns, binding, marks, units, series: manifest.series, name };
}

/** Columns of which the numbers are used. */
export function numberColumns({ modalities }: Pick<Binding, 'modalities'>): ReadonlySet<number> {
  return new Set(modalities.flatMap((bound) => (hasRange(bound.modality) ? bound.columns : [])));
}

/** Numbers in another unit than the plan's would all be wrong by the same factor. @throws FedReconError `unit-other` */
function checkUnits({ columns, units, found }: Manifest, bound: Binding['modalities'][number]): void {
  const { modality } = bound;
  if (!hasRange(modality)) return;
  for (const [place, column] of bound.columns.entries()) {
    const [{ unit }, planned] = [measuredIn(units[column]!), measuredUnit(modality, place)];
    if (unit !== '' && planned !== '' && !isSameUnit(unit, planned))
      throw new FedReconError('unit-other', {
        ...{ column: columns[column]!, unit, planned, row: found.header?.value ?? 1 },
      });
  }
}

/** Units of a modality's columns: the plan's where the table says none. */
function unitsOf(
  { units }: Manifest,
  { modality, columns }: Binding['modalities'][number],
): MeasurementUnits | undefined {
  if (!hasRange(modality)) return undefined;
  const own = columns.map((column, place) => {
    const said = measuredIn(units[column]!);
    return said.unit === '' ? { ...said, unit: measuredUnit(modality, place) } : said;
  });
  return { columns: own, areCarried: own.some(({ carried }) => carried === 'always') };
}

function clearMarks(manifest: Manifest, bound: Binding['modalities'][number]): JudgedMarks {
  const used = new Set(bound.columns);
  const judged = manifest.marksOf(used);
  const { marks, unclear } = judged;
  const wrong = hasRange(bound.modality) ? unclear.find(({ column }) => used.has(column)) : undefined;
  if (wrong) throw unclearNumber(manifest, wrong, marks.value);
  return judged;
}

/** Refusal of a number of which nothing tells how it is to be read. */
export function unclearNumber(
  { columns }: Pick<Manifest, 'columns'>,
  { code, row, value, table, column }: UnclearNumber,
  { decimal }: NumberMarks,
): FedReconError {
  const place = { value: value.slice(0, 80), row, column: columns[column]!, ...(table && { table }) };
  if (code === 'number-mixed') return new FedReconError(code, { ...place, decimal });
  const several = value.split(',').map((one) => one.trim());
  const shown = (text: string) => text.slice(0, 80);
  if (code === 'list-grouped')
    return new FedReconError(code, {
      ...place,
      one: shown(several.join('; ')),
      other: shown(several.join('')),
    });
  if (code === 'list-unclear') {
    const pairs = several.flatMap((whole, index) =>
      index % 2 === 0 ? [`${whole}.${several[index + 1]}`] : [],
    );
    return new FedReconError(code, {
      ...place,
      one: shown(several.join('; ')),
      other: shown(pairs.join('; ')),
    });
  }
  const fraction = parseNumber(value.replace(',', '.'), '.');
  return new FedReconError(code, { ...place, one: value.replace(/[.,]/, ''), other: fraction });
}

/** Identity that holds: what a person has said of the columns, else what was guessed. */
export function identityOf(
  guessed: Identity,
  header: readonly string[],
  columns: Readonly<Record<string, string>>,
  binding: Binding | undefined,
): Identity {
  const column = binding?.id;
  const isSaid = header.some((name) => Object.hasOwn(columns, name));
  if (!isSaid && column === guessed.column) return guessed;
  if (column === guessed.column && column !== undefined && columns[header[column]!] === undefined)
    return guessed;
  return column === undefined
    ? { column, confidence: 1, reason: 'none' }
    : { column, confidence: 1, reason: 'given' };
}
