import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import {
  type ErrorCode,
  type ErrorDetail,
  type ErrorRecord,
  FedReconError,
  type Language,
} from '../../protocol/errors.ts';
import { hasRange } from '../../protocol/kinds/index.ts';
import { measuredUnit } from '../../protocol/kinds/scaling.ts';
import type { Plan } from '../../protocol/plan.ts';
import { readPlan } from '../../protocol/plan-file.ts';
import { withVisibleControls } from '../../training/cells/numbers.ts';
import { type ImportRequest, importParts } from '../../training/data/import.ts';
import { nearProblems } from '../../training/data/known-parts.ts';
import type {
  FoundReading,
  LeftOut,
  LongTable,
  NamedPictures,
  StackedTables,
  TableFormat,
} from '../../training/data/manifest/open-table.ts';
import { readPartsFile } from '../../training/data/parts-file.ts';
import type { KnownPictures, UnderstoodPictures } from '../../training/data/picture-looks.ts';
import { type ImportPreview, preview } from '../../training/data/preview.ts';
import type { ImportProblem } from '../../training/data/problems.ts';
import { rolesWith } from '../../training/data/said-columns.ts';
import { standardPlan } from '../../training/pilot/standard-plan.ts';
import { counted } from '../api/format.ts';
import { knownScales } from '../services/data/picture-scales.ts';
import { assertPermitted } from '../services/permission/guard.ts';
import { openStore } from '../store/store.ts';
import { assertHoldsWorkstation } from './command-folders.ts';
import { languageOf } from './command-language.ts';
import { problemLine, problemMessage } from './problem-line.ts';
import { scaleLines } from './scale-lines.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { checkSaidModalities, type TableSettings, tableSettings } from './table-settings.ts';

const options = {
  manifest: { type: 'string' },
  plan: { type: 'string' },
  data: { type: 'string' },
  set: { type: 'string', multiple: true },
  language: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Says what a folder is understood as, and what an import would refuse; writes nothing. */
export const inspectCommand: Command = {
  usage:
    'inspect FOLDER [--manifest FILE] [--plan FILE] [--data DIR] [--set key=value]… [--language ja|en] [--json]',
  summary:
    'Says what a folder is understood as: encoding, separator, marks of numbers, columns, ids, each with how sure that is, and every row and cell that an import would leave out. Writes nothing.',
  answersJson: true,
  example: '/parts --set id=serial --json',
  exits: { 130: 'stopped by Ctrl-C' },
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const language = languageOf(values.language);
    const settings = tableSettings(values.set ?? []);
    const folder = resolve(positionals[0]!);
    const found = await inspect(folder, values, settings, language);
    if (values.json) console.log(JSON.stringify(found, null, 2));
    else console.log(asText(found));
    return 'code' in found ? 1 : 0;
  },
};

/** Column of a table, as understood. */
interface InspectedColumn {
  readonly name: string;
  /** `id`, `ignore`, the name of a modality, or `gauge:12` for one value of it. */
  readonly role: string;
  readonly modality: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly sample: readonly string[];
}

/** Row or cell that an import would leave out; column empty for a whole row. */
interface InspectedProblem {
  readonly row: number;
  /** Table that the row stands in, where several are read as one. */
  readonly table?: string;
  readonly column: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Answer of `inspect`. */
interface Inspected {
  /** Why an import would refuse the folder as a whole. */
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly manifest: string;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly decimal: string;
  readonly thousands: string;
  /** Files of several whose numbers have other marks. */
  readonly otherMarks: NonNullable<FoundReading['otherMarks']>;
  /** Row with the names of the columns; 0 where there is none, null where the format has none. */
  readonly header: number | null;
  readonly format: TableFormat;
  readonly sheet: string | null;
  /** Pictures of a tree that show no parts. */
  readonly leftOut: readonly LeftOut[];
  /** Whether images of a tree that are called alike are views of one part; null where none are. */
  readonly images: 'views' | 'parts' | null;
  /** Pictures beside a table in which no cell names one; null where there are none. */
  readonly named: NamedPictures | null;
  /** Files that were joined by id; none where one file is the table. */
  readonly joined: readonly string[];
  /** Files that were read one below the other; null where they were not. */
  readonly stacked: StackedTables | null;
  /** Columns of a table whose rows are one value each; null where they are parts. */
  readonly long: LongTable | null;
  /** How the pictures of each modality are read: their scales in words, and their proportions. */
  readonly pictures: readonly {
    readonly modality: string;
    readonly scales: readonly { readonly words: string; readonly from: string }[];
    readonly shapes: UnderstoodPictures['shapes'];
  }[];
  /** Each of the above with how sure it is, 0…1, and why. */
  readonly guesses: Readonly<Record<string, { readonly confidence: number; readonly reason: string }>>;
  readonly identity: ImportPreview['identity'];
  /** Parts that an import would take in. */
  readonly parts: number;
  readonly columns: readonly InspectedColumn[];
  readonly problems: readonly InspectedProblem[];
}

/** Refusals that say why nothing is measured: no row fits the names, or the rows are no parts. */
const whole: ReadonlySet<ErrorCode> = new Set(['rows-unusable', 'rows-longer', 'table-transposed'] as const);

/** Problems of whole tables that an import refuses; a preview lists them among the others. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  ...whole,
  ...(['columns-unusable', 'column-missing', 'column-role', 'column-twice', 'signal-count'] as const),
  ...([
    'signal-columns',
    'number-unclear',
    'number-mixed',
    'list-unclear',
    'list-grouped',
    'unit-other',
  ] as const),
  ...(['stack-ids', 'stack-units', 'stack-recordings', 'long-columns', 'long-channels'] as const),
  ...(['table-blanks', 'ids-beside', 'columns-beside', 'encoding-unclear'] as const),
]);

async function inspect(
  folder: string,
  { manifest, plan, data }: Where,
  settings: TableSettings,
  language: Language,
): Promise<Inspected> {
  const { reading } = settings;
  const joined = await planFor(plan, data);
  const standard = joined
    ? undefined
    : await standardPlan(folder, manifest, reading, { least: 0, said: settings });
  const used = joined?.plan ?? standard!.plan;
  checkSaidModalities(
    settings,
    used.modalities.map(({ name }) => name),
  );
  const pictures = { settings: settings.pictures, scales: joined?.scales ?? {} };
  const look = (columns: Readonly<Record<string, string>>) =>
    preview(used, folder, manifest, columns, {
      reading,
      known: joined?.parts ?? [],
      guessed: standard?.columns,
      pictures,
    });
  const guessed = await look({});
  const isSaid = Object.keys(settings.columns).length > 0 || settings.id !== undefined;
  // Without a plan, what was said of the columns is in the plan that was made from them.
  const roles = rolesWith(guessed.columns, joined ? settings : { columns: {}, id: settings.id });
  const seen = isSaid ? await look(roles) : guessed;
  const refused = seen.problems.find(({ code }) => refusals.has(code));
  const taken: Taken = refused
    ? { parts: 0, problems: seen.problems, refusal: refused }
    : await importHere({ plan: used, folder, manifest: seen.manifest, columns: roles, reading, pictures });
  const isNothing = !joined && used.modalities.every(({ name }) => !holds(roles, name));
  const unread = refused ? [] : seen.unread;
  const problems = [
    ...unsure(seen),
    ...unread,
    ...taken.problems.filter(({ code }) => !(isNothing && code === 'columns-unusable')),
  ].sort((a, b) => tableOf(a).localeCompare(tableOf(b), 'en') || a.row - b.row);
  const { marks, header, encoding, delimiter, quote, comment } = seen.reading;
  const columnNames = seen.columns.map(({ name }) => name);
  const refusal: ErrorRecord | undefined =
    isNothing && !(refused && whole.has(refused.code))
      ? {
          code: 'measurements-none',
          detail: {
            ...{ manifest: basename(seen.manifest), columns: columnNames.slice(0, 12).join(', ') },
            ...someCells(seen.unread),
          },
        }
      : taken.refusal;
  return {
    ...(refusal && { code: refusal.code, message: problemMessage(refusal, language) }),
    manifest: seen.manifest,
    encoding: encoding?.value ?? null,
    delimiter: delimiter?.value ?? null,
    decimal: marks.value.decimal,
    thousands: marks.value.thousands,
    otherMarks: seen.reading.otherMarks ?? [],
    format: seen.reading.format,
    sheet: seen.reading.sheet?.value ?? null,
    leftOut: seen.reading.leftOut ?? [],
    images: seen.reading.images?.value ?? null,
    named: seen.reading.named ?? null,
    joined: seen.reading.joined ?? [],
    stacked: seen.reading.stacked ?? null,
    long: seen.reading.long ?? null,
    header: header?.value ?? null,
    pictures: seen.pictures.map(({ modality, scales, shapes }) => ({
      modality,
      scales: scales.map(({ words, from }) => ({ words, from })),
      shapes,
    })),
    guesses: Object.fromEntries(
      Object.entries({
        encoding,
        delimiter,
        quote,
        comment,
        header,
        sheet: seen.reading.sheet,
        tables: seen.reading.tables,
        ids: seen.reading.stacked?.ids,
        rows: seen.reading.rows,
        images: seen.reading.images,
        decimal: marks,
      }).flatMap(([name, found]) =>
        found ? [[name, { confidence: found.confidence, reason: found.reason }]] : [],
      ),
    ),
    identity: seen.identity,
    parts: taken.parts,
    columns: seen.columns.map((column) => columnOf(used, column, roles[column.name]!)),
    problems: problems.map((one) => ({
      ...{ row: one.row, column: one.column, code: one.code, message: problemMessage(one, language) },
      ...(typeof one.detail.table === 'string' && { table: one.detail.table }),
    })),
  };
}

/** Cells that say why nothing is measured, in words, with their places. */
function someCells(unread: readonly ImportProblem[]): ErrorDetail {
  const cells = unread.flatMap(({ row, column, detail: { value, table } }) => {
    if (value === undefined) return [];
    const at = table === undefined ? '' : `${table}, `;
    return [
      {
        cells: `"${value}" in ${at}row ${row}, column ${column}`,
        cellsJa: `${at}${row} 行目、列「${column}」の「${value}」`,
      },
    ];
  });
  const some = cells.slice(0, mostCells);
  return {
    cells: some.length === 0 ? '' : `: ${some.map((one) => one.cells).join('; ')}`,
    cellsJa: some.length === 0 ? '' : `：${some.map((one) => one.cellsJa).join('、')}`,
  };
}

/** Cells that a refusal names. */
const mostCells = 5;

/** Table of several that a problem stands in; those of all of them come first. */
function tableOf({ detail: { table } }: ImportProblem): string {
  return typeof table === 'string' ? table : '';
}

/** True if some column is taken for this modality. */
function holds(roles: Readonly<Record<string, string>>, modality: string): boolean {
  return Object.values(roles).some((role) => role.replace(/:\d+$/, '') === modality);
}

type Where = Partial<Record<'manifest' | 'plan' | 'data', string | undefined>>;

/** What an import would make of the folder. */
interface Taken {
  readonly parts: number;
  readonly problems: readonly ImportProblem[];
  readonly refusal?: ErrorRecord | undefined;
}

/** Imports the folder into a place that is removed at once, so that what is said is what an import does. */
async function importHere(request: Omit<ImportRequest, 'output'>): Promise<Taken> {
  const output = await mkdtemp(join(tmpdir(), 'fedrecon-inspect-'));
  // What a plant measured must not stay there when it is stopped.
  using stop = stopOnSignal();
  const listed = async (file: string) => (await readPartsFile(file)).problems;
  try {
    const hooks = { progress: () => undefined, abort: stop.signal };
    const imported = await importParts({ ...request, output }, hooks);
    return { parts: imported.accepted, problems: await listed(imported.parts) };
  } catch (thrown) {
    if (stop.isAsked) throw new FedReconError('command-stopped');
    if (!(thrown instanceof FedReconError)) throw thrown;
    const { code, detail } = thrown;
    const list = typeof detail.list === 'string' ? await listed(detail.list) : [];
    return { parts: 0, problems: list, refusal: { code, detail } };
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}

/** What a person should look at though an import takes it: an id that only its cells speak for, ids that are nearly others. */
function unsure({ identity, reading }: ImportPreview): ImportProblem[] {
  const { column, reason } = identity;
  if (column === null) return [];
  const row = Math.max(1, reading.header?.value ?? 1);
  return [
    ...(reason === 'looks' ? [{ row, column, code: 'id-unconfirmed' as const, detail: { column } }] : []),
    ...nearProblems(identity, column),
  ];
}

function columnOf(
  plan: Plan,
  { name, unit, examples }: ImportPreview['columns'][number],
  role: string,
): InspectedColumn {
  const modality = plan.modalities.find((one) => one.name === role.replace(/:\d+$/, ''));
  return {
    name,
    role,
    modality: modality?.name ?? null,
    kind: modality?.kind ?? null,
    unit: modality ? (hasRange(modality) ? measuredUnit(modality, placeIn(role)) || unit : '') : null,
    sample: examples,
  };
}

/** Place of a column's value among those of its modality, from 0. */
function placeIn(role: string): number {
  return Number(/:(\d+)$/.exec(role)?.[1] ?? 1) - 1;
}

/** Plan that the folder is looked at by; undefined: one that is made from it. */
async function planFor(file: string | undefined, data: string | undefined): Promise<JoinedPlan | undefined> {
  if (file !== undefined) return { plan: await readPlan(file), parts: [], scales: {} };
  if (data === undefined) return undefined;
  assertHoldsWorkstation(data);
  const store = await openStore(data);
  try {
    const enrolment = store.enrolment.get();
    if (!enrolment) return undefined;
    assertPermitted(store, 'data.preview');
    return { plan: enrolment.plan, parts: store.parts.names(), scales: knownScales(store) };
  } finally {
    store.close();
  }
}

/** Plan that was given or joined, the names of the parts that are here, and the scales of their pictures. */
interface JoinedPlan {
  readonly plan: Plan;
  readonly parts: readonly string[];
  readonly scales: NonNullable<KnownPictures['scales']>;
}

/** The answer as a person reads it on a terminal. */
function asText(found: Inspected): string {
  const sure = (name: string) => {
    const { confidence, reason } = found.guesses[name] ?? { confidence: 1, reason: '' };
    return `${Math.round(100 * confidence)} % (${reason})`;
  };
  const { identity, columns, problems } = found;
  const setting = (name: string, value: string) => `${name.padEnd(10)} ${value.padEnd(14)} ${sure(name)}`;
  return [
    `${found.manifest} (${found.format})`,
    ...(found.encoding === null ? [] : [setting('encoding', found.encoding)]),
    ...(found.delimiter === null ? [] : [setting('delimiter', JSON.stringify(found.delimiter))]),
    setting('decimal', `${found.decimal}  thousands ${found.thousands}`),
    ...found.otherMarks.map(
      ({ table, marks }) => `           ${marks.decimal}  thousands ${marks.thousands} in ${table}`,
    ),
    ...(found.joined.length > 0 ? [`joined     ${found.joined.join(', ')}`] : []),
    ...stackedLines(found.stacked),
    ...longLines(found.long),
    ...found.leftOut.map(({ folder, files }) => `left out   ${folder} (${counted(files, 'image')})`),
    ...(found.images === null ? [] : [setting('images', found.images)]),
    ...namedLines(found.named),
    ...(found.sheet === null ? [] : [setting('sheet', found.sheet)]),
    ...(found.header === null ? [] : [setting('header', `row ${found.header}`)]),
    ...found.pictures.flatMap(({ modality, scales, shapes }) => [
      ...scaleLines(modality, scales),
      ...shapeLines(modality, shapes),
    ]),
    `id         ${identity.column ?? 'file and row'} (${Math.round(100 * identity.confidence)} %): ${identity.known} known, ${identity.new} new, ${identity.near} nearly known`,
    `parts      ${found.parts}`,
    '',
    ...columns.map(({ name, role, unit, sample }) =>
      withVisibleControls(
        `${name.padEnd(20)} ${role.padEnd(14)} ${(unit ?? '').padEnd(6)} ${sample.join(' | ').slice(0, 60)}`,
      ),
    ),
    '',
    counted(problems.length, 'problem'),
    ...problems.map(problemLine),
    ...(found.message ? ['', found.message] : []),
  ].join('\n');
}

/** Files of a stack, and what is not the same in all of them. */
function stackedLines(stacked: StackedTables | null): string[] {
  if (!stacked) return [];
  const some = (files: readonly string[]) =>
    files.slice(0, 5).join(', ') + (files.length > 5 ? `, … (${files.length})` : '');
  return [
    `stacked    ${some(stacked.files)}`,
    ...(stacked.ids.value === 'by-table' ? ['           ids count anew in each of them'] : []),
    ...stacked.lacking.map(({ column, files }) => `           ${column} is not in ${some(files)}`),
    ...(stacked.copies.length > 0 ? [`           copies, read once: ${some(stacked.copies)}`] : []),
  ];
}

/** Pictures that are called after parts, and those that are not. */
function namedLines(named: NamedPictures | null): string[] {
  if (!named) return [];
  const { columns, by, pictures, left } = named;
  return [
    ...(columns.length === 0
      ? []
      : [
          `pictures   ${pictures} are called after ${by}: ${columns.length > 1 ? 'columns' : 'column'} ${columns.join(', ')}`,
        ]),
    ...(left === 0
      ? []
      : [
          `left out   ${counted(left, 'image')} called after no part (or several after one) and named by no cell`,
        ]),
  ];
}

/** Columns of a table whose rows are one value each. */
function longLines(long: LongTable | null): string[] {
  if (!long) return [];
  const { id, time, channel, values, left } = long;
  return [
    `rows       one value each: part ${id}, time ${time || '–'}, channel ${channel || '–'}, value ${values.join(', ')}`,
    ...(left.length > 0 ? [`           not used: ${left.join(', ')}`] : []),
  ];
}

/** Images of several proportions, which are brought to one size. */
function shapeLines(modality: string, shapes: UnderstoodPictures['shapes']): string[] {
  if (shapes.length < 2) return [];
  const sizes = shapes.map(({ width, height, count }) => `${width} × ${height} (${count})`);
  return [`images     ${modality}: stretched to one size from different proportions, ${sizes.join(', ')}`];
}
