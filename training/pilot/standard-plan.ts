import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { modalityName } from '../../protocol/kinds/fields.ts';
import type { PresetName } from '../../protocol/kinds/preset-numbers.ts';
import { longestMeasured } from '../../protocol/kinds/signal.ts';
import { type Plan, parsePlan } from '../../protocol/plan.ts';
import { openManifestFolder } from '../cells/folder.ts';
import { rewritten } from '../cells/numbers.ts';
import { unitIn, withoutBrackets } from '../cells/written-units.ts';
import { findManifest, type Manifest, openManifest } from '../data/manifest/manifest.ts';
import { withoutUnit } from '../data/manifest/numbers/cell-units.ts';
import type { JudgedMarks } from '../data/manifest/numbers/number-marks.ts';
import type { ReadingSettings } from '../data/manifest/reading-settings.ts';
import { placeIn } from '../data/manifest/rows.ts';
import { type BadRow, unusableRows } from '../data/manifest/text/unusable-rows.ts';
import { readingBy, type SaidColumns } from '../data/said-columns.ts';
import { trainingKind } from '../kinds/index.ts';
import { joinedLabel, joinNamedColumns } from './joined-columns.ts';
import { type ColumnMeasurement, understandColumns } from './understood-columns.ts';

/** Plan made from a folder alone, and the roles of the folder's columns in it (`columns.ts` of `training/data`). */
interface StandardPlan {
  readonly plan: Plan;
  readonly manifest: string;
  readonly columns: Readonly<Record<string, string>>;
}

interface StandardPlanOptions {
  readonly preset?: PresetName;
  /**
   * Fewest kinds of measurement that the folder must hold. A folder of fewer than a plan needs is looked at by a plan with
   * modalities that no column holds.
   */
  readonly least?: number;
  /** What a person has said of the columns. */
  readonly said?: SaidColumns | undefined;
}

/** Fewest modalities of a plan. */
const fewestModalities = 2;
/** Number of rows that are read to understand the columns and the ranges. */
const rowsLooked = 2000;
/** Largest number of modalities of a plan; columns after them are left out. */
const mostModalities = 16;
/** Schedule of `ALGORITHM` §3, shortened. */
const stages = [
  { stage: 'generators', rounds: 40 },
  { stage: 'mappings', rounds: 15 },
  { stage: 'completion', rounds: 15 },
];

/**
 * Plan for a plant that nobody has sent one: the modalities that its manifest holds, sizes and ranges from its own data,
 * all other numbers from a preset.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`, `manifest-encoding`, `manifest-empty`;
 *   what the tables of a folder together are refused for; `rows-unusable`, `rows-longer` where no row fits the names of the columns; `signal-long`; `pilot-columns` unless there are two kinds of measurement
 */
export async function standardPlan(
  folder: string,
  manifest?: string,
  given?: ReadingSettings,
  { preset = 'standard', least = fewestModalities, said }: StandardPlanOptions = {},
): Promise<StandardPlan> {
  const dataFolder = await openManifestFolder(folder);
  const reading = readingBy(given, said?.id);
  const opened = await openManifest(await findManifest(dataFolder.path, manifest, reading), reading);
  const [doubt] = opened.doubts;
  // The command that only looks goes on, and shows what is doubtful.
  if (doubt && least > 0) throw doubt;
  const single = opened.columns.map((_, column) => opened.marksOf(new Set([column])));
  const { rows, tables, bad } = await firstRows(opened, single);
  if (rows.length === 0 && bad && least > 0) throw unusableRows(basename(opened.path), bad);
  if (rows.length === 0 && !bad)
    throw new FedReconError('manifest-empty', { manifest: basename(opened.path) });
  const { nothing } = opened;
  const marksOf = (columns: readonly number[]) =>
    (columns.length === 1 ? single[columns[0]!]! : opened.marksOf(new Set(columns))).marks.value;
  const cellsOf = ({ columns }: ColumnMeasurement) => {
    const marks = marksOf(columns);
    const alike = (cell: string, column: number) => rewritten(cell, single[column]!.marks.value, marks);
    return {
      ...{ rows: rows.map((row) => columns.map((column) => alike(row[column] ?? '', column))), tables },
      ...{ marks, nothing, folder: dataFolder },
    };
  };
  const { id, measurements: seen } = understandColumns(
    ...([opened.columns, rows, marksOf, nothing, opened.series, said] as const),
    new Set(opened.units.flatMap(({ unit }, column) => (unit === '' ? [] : [column]))),
  );
  const understood: ColumnMeasurement[] = [];
  for (const one of seen) {
    const length = one.length > 0 ? one.length : await trainingKind(one).lengthInFiles?.(cellsOf(one));
    if (length !== undefined) understood.push({ ...one, length });
  }
  const measurements = joinNamedColumns(understood, rows).slice(0, mostModalities);
  if (measurements.length < least) {
    const found = measurements.map(({ header }) => header).join(', ') || '–';
    throw new FedReconError('pilot-columns', { manifest: basename(opened.path), found });
  }
  const long = measurements.find(({ length }) => length > longestMeasured);
  if (long)
    throw new FedReconError('signal-long', {
      ...{ column: long.header, actual: long.length, limit: longestMeasured },
    });
  const names = modalityNames(measurements);
  const modalities: unknown[] = [];
  const columns: Record<string, string> = Object.fromEntries(opened.columns.map((name) => [name, 'ignore']));
  if (id !== undefined) columns[opened.columns[id]!] = 'id';
  for (const [index, measurement] of measurements.entries()) {
    const name = names[index]!;
    const header = measurement.header.slice(0, 80);
    const label = measurement.isNamed ? joinedLabel : { en: header, ja: header };
    const { kind, length } = measurement;
    const headers = measurement.columns.map((column) => opened.columns[column]!);
    const given = {
      ...{ ...cellsOf(measurement), length },
      isSeries: measurement.columns.length === 1 && opened.series.has(measurement.columns[0]!),
      ...{ columns: headers, isNamed: measurement.isNamed ?? measurement.keepsNames ?? false },
      units: measurement.columns.map((column) => opened.units[column]!.unit),
    };
    modalities.push({
      name,
      label,
      ...(await trainingKind({ kind }).standardFields(given)),
    });
    for (const [place, column] of measurement.columns.entries())
      columns[opened.columns[column]!] = measurement.columns.length > 1 ? `${name}:${place + 1}` : name;
  }
  for (let missing = modalities.length; missing < fewestModalities; missing++)
    modalities.push({ name: `none-${missing + 1}`, label: { en: 'None', ja: 'なし' }, kind: 'text' });
  const plan = parsePlan({
    format: 'fedrecon-plan/2',
    name: basename(dataFolder.path).slice(0, 120) || 'Pilot',
    preset,
    modalities,
    stages,
  });
  return { plan, manifest: opened.path, columns };
}

/**
 * Cells of the first rows that can be read, their numbers without units and as most tables write them, and the first row that cannot.
 * @param marks of each column
 */
async function firstRows(
  manifest: Manifest,
  marks: readonly JudgedMarks[],
): Promise<{
  rows: (readonly string[])[];
  tables: (string | undefined)[];
  bad: BadRow | undefined;
}> {
  const rows: (readonly string[])[] = [];
  const tables: (string | undefined)[] = [];
  let bad: BadRow | undefined;
  const bare = (cell: string, column: number) => {
    const unit = manifest.units[column];
    if (!unit) return cell;
    // A number of which the unit is not known says nothing of the range.
    return withoutUnit(cell, unit) ?? (unit.carried === 'always' ? '' : cell);
  };
  const alike = (cell: string, column: number, table: string | undefined) => {
    const own = marks[column]?.byTable?.get(table ?? '');
    return own ? rewritten(cell, own, marks[column]!.marks.value) : cell;
  };
  for await (const row of manifest.rows()) {
    if ('cells' in row) {
      const tableOf = (column: number) => placeIn(row, column).table;
      rows.push(row.cells.map((cell, column) => alike(bare(cell, column), column, tableOf(column))));
      tables.push(row.table);
    } else if (!row.isNoRow) bad ??= row;
    if (rows.length === rowsLooked) break;
  }
  return { rows, tables, bad };
}

/** Letters that are no plain one with a mark. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  đ: 'd',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** Latin letters without their marks: `Độ ẩm` as `Do am`, `Größe` as `Grosse`. */
function inPlainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßđøłæœı]/gi, (letter) => letters[letter.toLowerCase()]!);
}

/** A column's name without its unit in brackets. */
function withoutHeadUnit(header: string): string {
  return unitIn(header) === undefined ? header : withoutBrackets(header);
}

/**
 * Names of the modalities: the headers as plain names (`camera`, `gauge`, …), or the kind where a header gives no valid
 * name.
 */
function modalityNames(measurements: readonly ColumnMeasurement[]): string[] {
  const seen = new Map<string, number>();
  return measurements.map(({ header, kind }) => {
    const plain = inPlainLetters(withoutHeadUnit(header))
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 24);
    const name =
      plain === 'id' || plain === 'ignore' || !modalityName.safeParse(plain).success ? kind : plain;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  });
}
