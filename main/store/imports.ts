import type { ErrorDetail } from '../../protocol/errors.ts';
import type { PictureSettings } from '../../training/cells/images/picture-settings.ts';
import type { PictureScales } from '../../training/cells/images/scale.ts';
import type { ReadingSettings } from '../../training/data/manifest/reading-settings.ts';
import { type Actor, theWorkstation } from '../log/entries.ts';
import { allParts, type DataChanges, endDecisions, type PartsAfter, partPages } from './data-changes.ts';
import type { StoreDatabase } from './database.ts';
import type { Measurement } from './parts.ts';
import type { Slices } from './slices.ts';
import { storedValue } from './stored-value.ts';
import { withdrawTruths } from './truths.ts';

/** What an empty or unreadable cell says of what stands already: nothing, or that it is measured no more. */
export type EmptyCells = 'keep' | 'remove';

/** What a person chose for an import. */
export interface ImportSettings {
  /** How its table and its pictures are read; absent: as they are understood. */
  readonly reading?: ReadingSettings | undefined;
  readonly pictures?: Readonly<Record<string, PictureSettings>> | undefined;
  /** Column → what it was taken for. */
  readonly columns: Readonly<Record<string, string>>;
  /** By modality; of one that is not named: keep. */
  readonly empty: Readonly<Record<string, EmptyCells>>;
  /** The scales in which its pictures were read, by modality; absent where all hold plain 8 bits. */
  readonly scales?: Readonly<Record<string, PictureScales>>;
}

/** What an import did to one modality, in parts. */
export interface BroughtModality {
  readonly modality: string;
  readonly added: number;
  readonly replaced: number;
  /** Of the replaced, those that are as they were. */
  readonly same: number;
  /** By an empty or unreadable cell: taken away, or left as it was. */
  readonly removed: number;
  readonly stayed: number;
}

interface Brought {
  readonly partsNew: number;
  readonly partsKnown: number;
  readonly modalities: readonly BroughtModality[];
}

/** A row of an import: what it says of a part. */
interface ImportedPart {
  /** Row in the import's file; undefined where that holds nothing of it. */
  readonly position?: number | undefined;
  /** Row of the table, and that table where the import's manifest is one of several. */
  readonly row: number;
  readonly table?: string | undefined;
  /** Where the cells of modalities stand that stand elsewhere than the row. */
  readonly places?:
    | Readonly<Record<string, { readonly row: number; readonly table?: string | undefined }>>
    | undefined;
  readonly name: string;
  readonly values: Readonly<Record<string, Measurement | Float64Array>>;
  /** Modalities whose cells were there and said nothing. */
  readonly empty?: readonly string[];
}

interface ImportIssue {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly detail: ErrorDetail;
}

export interface ImportRow extends Brought {
  readonly id: number;
  readonly at: string;
  readonly by: Actor;
  readonly folder: string;
  readonly manifest: string;
  readonly settings: ImportSettings;
  /** SHA-256 of its tensors as they were imported. */
  readonly hash: string;
  readonly rows: number;
  readonly problems: number;
}

/** What undoing an import does, in values. */
export interface Undoing {
  /** It brought them, and nothing newer stands in their place: they go, and nothing takes their place. */
  readonly goes: number;
  /** What stood before comes back, in the place of what the import brought or took away. */
  readonly returns: number;
  /** A newer import stands in their place: what is seen stays. */
  readonly covered: number;
}

/** What undoing an import did. */
export interface Undone extends Undoing {
  /** Truths that count no more. */
  readonly truths: number;
}

/**
 * Imports, each a layer over those before: of a part and modality the newest holds that says something of it. Undoing one
 * takes its layer out, wherever it lies, so that what it covered is seen again unless a newer one covers that, too.
 */
export interface Imports {
  /** Starts an import; it stays invisible until `activate`. */
  begin(of: {
    /** The job that makes it. */
    readonly job: string;
    readonly folder: string;
    readonly manifest: string;
    readonly settings: ImportSettings;
    readonly by: Actor;
    readonly planHash: string;
    /** SHA-256 of its tensors. */
    readonly file: string;
    readonly rows: number;
  }): number;
  /** Whether a job has made its import. */
  isMade(job: string): boolean;
  addParts(id: number, parts: readonly ImportedPart[]): void;
  /** Whether an import that is not yet in use says something of some part. */
  saysSomething(id: number): boolean;
  addProblems(id: number, problems: readonly ImportIssue[]): void;
  /**
   * Puts an import into use. What was reconstructed of its parts is forgotten.
   * @param also called in the transaction from which on it is in use
   */
  activate(id: number, also?: (brought: Brought) => void): Slices<Brought>;
  /** Newest first: at most `limit` that are older than `before`. */
  list(limit: number, before?: number): ImportRow[];
  get(id: number): ImportRow | undefined;
  /** What a person chose for the newest import of a folder that a person made. */
  chosenFor(folder: string): { readonly at: string; readonly settings: ImportSettings } | undefined;
  /** SHA-256 of the file that holds its values. */
  file(id: number): string;
  count(): number;
  /** How much of each modality holds that an import brought. */
  holding(id: number): ReadonlyMap<string, number>;
  /** Files, with their hashes, of the values that hold of an import. */
  heldFiles(id: number): readonly { readonly file: string; readonly sha256: string }[];
  undoing(id: number): Slices<Undoing>;
  /** Takes an import out. Truths that it brought count no more. @param also called in the transaction from which on it is out */
  undo(id: number, also?: (done: Undone) => void): Slices<Undone>;
  /** Names an import's file after values were erased from it. */
  renameFile(id: number, file: string): void;
  /** Removes imports that were read by another plan. @param also called in the transaction from which on they are gone */
  keepOnly(planHash: string, also?: () => void): Slices<void>;
  /** At most `limit` problems, oldest first, of one import; or of all, but those of a table that was read again since. */
  problems(limit: number, id?: number): (ImportIssue & { readonly import: number })[];
  /** Number of those of all. */
  problemCount(): number;
}

const columns = `id, at, actor, role, folder, manifest, settings, hash, rows, brought,
  (select count(*) from import_problems where import = imports.id) problems`;

/** Imports whose problems stand: not those of a table that was read again since, unless that named other parts alone. */
const standing = `
  select one.id from imports_in_use one left join (
    select folder, manifest, max(id) last from imports_in_use
    where json_extract(brought, '$.partsKnown') > 0 group by folder, manifest
  ) again on again.folder = one.folder and again.manifest = one.manifest
  where one.id >= ifnull(again.last, 0)`;

type StoredRow = Pick<ImportRow, 'id' | 'at' | 'folder' | 'manifest' | 'hash' | 'rows' | 'problems'> & {
  readonly actor: string;
  readonly role: Actor['role'];
  readonly settings: string;
  readonly brought: string;
};

/** Parts of an import that are looked at at once. */
const partsAtOnce = 1000;

export function importsIn(database: StoreDatabase, changes: DataChanges): Imports {
  const stayed = new Map<number, Map<string, number>>();
  const sourceOf = (id: number, name: string) =>
    database.get<{ number: number }>(
      `insert into import_tables (import, name) values (:id, :name)
       on conflict (import, name) do update set name = name returning number`,
      { id, name },
    )!.number;
  const settingsOf = (id: number) =>
    JSON.parse(
      database.get<{ settings: string }>('select settings from imports where id = :id', { id })!.settings,
    ) as ImportSettings;
  const partsOf =
    (id: number): PartsAfter =>
    (after, limit) =>
      database
        .all<{ part: number }>(
          `select distinct part from measurements where import = :id and until is null and part > :after
         order by part limit :limit`,
          { id, after, limit },
        )
        .map(({ part }) => part);

  /** Ids of those of some names that are known. */
  function idsOf(names: readonly string[]): Map<string, number> {
    const known = database.all<{ id: number; name: string }>(
      'select parts.id, name from json_each(:names) names cross join parts on name = names.value',
      { names: JSON.stringify(names) },
    );
    return new Map(known.map(({ id, name }) => [name, id]));
  }

  /** Makes parts of names that are not known. @returns their ids */
  function nameParts(parts: readonly { readonly name: string }[]): Map<string, number> {
    const names = [...new Set(parts.map(({ name }) => name))];
    if (names.length === 0) return new Map();
    const last = database.run('insert into parts (name) select value from json_each(:names) order by key', {
      names: JSON.stringify(names),
    });
    // Nothing else writes meanwhile, so that they are numbered without a gap.
    return new Map(names.map((name, index) => [name, last - names.length + 1 + index]));
  }

  /** Modalities by part that empty cells of an import remove; of those that they leave it is counted how many. */
  function removalsIn(
    id: number,
    parts: readonly ImportedPart[],
    known: ReadonlyMap<string, number>,
  ): Map<string, string[]> {
    const asked = parts.filter(({ name, empty = [] }) => empty.length > 0 && known.has(name));
    const removals = new Map<string, string[]>();
    if (asked.length === 0) return removals;
    const held = heldOf(asked.map(({ name }) => known.get(name)!));
    const { empty: rule } = settingsOf(id);
    const counts = stayed.get(id) ?? new Map<string, number>();
    stayed.set(id, counts);
    for (const { name, empty = [] } of asked)
      for (const modality of empty) {
        if (!held.get(known.get(name)!)?.has(modality)) continue;
        if (rule[modality] === 'remove') removals.set(name, [...(removals.get(name) ?? []), modality]);
        else counts.set(modality, (counts.get(modality) ?? 0) + 1);
      }
    return removals;
  }

  /** What holds of some parts. */
  function heldOf(ids: readonly number[]): Map<number, Set<string>> {
    const rows = database.all<{ part: number; modality: string }>(
      'select part, modality from json_each(:ids) ids cross join held on part = ids.value',
      { ids: JSON.stringify(ids) },
    );
    const held = new Map<number, Set<string>>();
    for (const { part, modality } of rows) held.set(part, (held.get(part) ?? new Set()).add(modality));
    return held;
  }

  /** Numbers of the tables that some parts stand in. */
  function sourcesOf(id: number, parts: readonly ImportedPart[]): Map<string, number> {
    const sources = new Map<string, number>();
    for (const { table, places } of parts) {
      if (table === undefined && places === undefined) continue;
      for (const name of [table, ...Object.values(places ?? {}).map((place) => place.table)])
        if (name !== undefined && !sources.has(name)) sources.set(name, sourceOf(id, name));
    }
    return sources;
  }

  const get = (id: number) => {
    const row = database.get<StoredRow>(`select ${columns} from imports_in_use imports where id = :id`, {
      id,
    });
    return row && importRow(row);
  };

  /** Layers of an import in some parts, whether nothing lies over them, and the position of what lies beneath. */
  const own = `json_each(:ids) ids cross join measurements own on own.part = ids.value and own.import = :id`;
  const uncovered = `not exists (select 1 from layers newer where newer.part = own.part
        and newer.modality = own.modality and newer.import > own.import)`;
  const beneath = `(select older.position from layers older where older.part = own.part
        and older.modality = own.modality and older.import < own.import order by older.import desc limit 1)`;

  function undoingOf(id: number, ids: string): Undoing {
    return database.get<Undoing>(
      `select coalesce(sum(top and position is not null and below is null), 0) goes,
              coalesce(sum(top and below is not null), 0) "returns",
              coalesce(sum(not top), 0) covered
       from (select own.position, ${uncovered} top, ${beneath} below from ${own} where own.until is null)`,
      { id, ids },
    )!;
  }

  /** What an import brings to some parts. */
  function broughtTo(id: number, ids: string) {
    const { known } = database.get<{ known: number }>(
      `select count(*) known from json_each(:ids) ids
       where exists (select 1 from layers where part = ids.value)`,
      { ids },
    )!;
    if (known === 0) return { modalities: addedTo(id, ids), known };
    const modalities = database.all<Omit<BroughtModality, 'stayed'>>(
      `select modality, sum(position is not null and old is null) added,
              sum(position is not null and old is not null) replaced, coalesce(sum(position is not null and old), 0) same,
              sum(position is null) removed
       from (select own.modality, own.position, (
               select old.value is own.value from held_measurements old
               where old.part = own.part and old.modality = own.modality) old
             from ${own})
       group by modality`,
      { id, ids },
    );
    return { modalities, known };
  }

  /** What an import brings to parts of which nothing is here. */
  function addedTo(id: number, ids: string): Omit<BroughtModality, 'stayed'>[] {
    return database.all(
      `select modality, sum(position is not null) added, 0 replaced, 0 same, sum(position is null) removed
       from ${own} group by modality`,
      { id, ids },
    );
  }

  return {
    begin: ({ by, settings, file, ...of }) =>
      database.run(
        `insert into imports (at, actor, role, job, folder, manifest, settings, plan_hash, file, hash, rows)
         values (:at, :actor, :role, :job, :folder, :manifest, :settings, :planHash, :file, :file, :rows)`,
        {
          ...of,
          ...{ at: new Date().toISOString(), actor: by.name, role: by.role, file },
          settings: JSON.stringify(settings),
        },
      ),
    isMade: (job) => database.get('select 1 from imports_in_use where job = :job', { job }) !== undefined,
    addParts: (id, parts) =>
      database.transaction(() => {
        const known = idsOf(parts.map(({ name }) => name));
        const removals = removalsIn(id, parts, known);
        const saying = parts.filter(({ name, values }) => !isEmpty(values) || removals.has(name));
        const ids = new Map([...known, ...nameParts(saying.filter(({ name }) => !known.has(name)))]);
        const sources = sourcesOf(id, saying);
        database.runEach(
          `insert into measurements (part, modality, import, row, source, position, value) values (?, ?, ?, ?, ?, ?, ?)
           on conflict do update set row = excluded.row, source = excluded.source, position = excluded.position,
             value = excluded.value where excluded.position is not null`,
          (function* () {
            for (const part of saying) {
              const { name, values, position } = part;
              const own = ids.get(name)!;
              const placed = (modality: string) => {
                const { row, table } = part.places?.[modality] ?? part;
                return [own, modality, id, row, table === undefined ? null : sources.get(table)!];
              };
              for (const modality of removals.get(name) ?? []) yield [...placed(modality), null, null];
              for (const modality in values)
                yield [...placed(modality), position!, storedValue(values[modality]!)];
            }
          })(),
        );
      }),
    saysSomething: (id) =>
      database.get('select 1 from measurements where import = :id limit 1', { id }) !== undefined,
    addProblems: (id, problems) =>
      database.transaction(() => {
        for (const { row, column, code, detail } of problems)
          database.run(
            `insert into import_problems (import, row, column_name, code, detail)
             values (:id, :row, :column, :code, :detail)`,
            { id, row, column, code, detail: JSON.stringify(detail) },
          );
      }),
    activate: (id, also = () => {}) => {
      const counts = new Map<string, Counts<'added' | 'replaced' | 'same' | 'removed'>>();
      const parts = { partsNew: 0, partsKnown: 0 };
      return changes.make<Brought>(
        {
          parts: partsOf(id),
          begin: (next) => {
            database.run('update imports set since = :next where id = :id', { id, next });
          },
          slice: (ids) => {
            const { modalities, known } = broughtTo(id, ids);
            parts.partsKnown += known;
            parts.partsNew += (JSON.parse(ids) as number[]).length - known;
            for (const { modality, ...more } of modalities) {
              if (!counts.has(modality)) counts.set(modality, { added: 0, replaced: 0, same: 0, removed: 0 });
              addTo(counts.get(modality)!, more);
            }
            return known === 0 ? id : undefined;
          },
          done: () => {
            const kept = stayed.get(id) ?? new Map<string, number>();
            stayed.delete(id);
            const names = [...new Set([...counts.keys(), ...kept.keys()])].sort();
            const modalities = names.map((modality) => ({
              ...{ modality, added: 0, replaced: 0, same: 0, removed: 0 },
              ...counts.get(modality),
              stayed: kept.get(modality) ?? 0,
            }));
            const brought: Brought = { ...parts, modalities };
            database.run('update imports set brought = :brought where id = :id', {
              ...{ id, brought: JSON.stringify(brought) },
            });
            return brought;
          },
        },
        also,
      );
    },
    list: (limit, before = Number.MAX_SAFE_INTEGER) =>
      database
        .all<StoredRow>(
          `select ${columns} from imports_in_use imports where id < :before order by id desc limit :limit`,
          { limit, before },
        )
        .map(importRow),
    get,
    file: (id) => database.get<{ file: string }>('select file from imports where id = :id', { id })!.file,
    count: () => database.get<{ count: number }>('select count(*) "count" from imports_in_use')!.count,
    holding: (id) => changes.counted().holding.get(id) ?? new Map<string, number>(),
    heldFiles: (id) =>
      database.all<{ file: string; sha256: string }>(
        `select distinct value ->> '$.file' file, value ->> '$.sha256' sha256 from held_measurements
         where import = :id and typeof(value) = 'text' and json_type(value) = 'object' and value ->> '$.file' is not null`,
        { id },
      ),
    *undoing(id) {
      const all = { goes: 0, returns: 0, covered: 0 };
      for (const ids of partPages(partsOf(id), () => partsAtOnce)) {
        addTo(all, undoingOf(id, JSON.stringify(ids)));
        yield { rows: 0, fraction: 0 };
      }
      return all;
    },
    undo: (id, also = () => {}) => {
      const all = { goes: 0, returns: 0, covered: 0 };
      let truths = 0;
      return changes.make<Undone>(
        {
          parts: partsOf(id),
          begin: (next) => {
            database.run('update imports set until = :next where id = :id', { id, next });
          },
          slice: (ids, next) => {
            addTo(all, undoingOf(id, ids));
            endDecisions(database, `select own.part from ${own} where own.until is null and ${uncovered}`, {
              ...{ id, ids, next },
            });
            truths += withdrawTruths(database, { ids, next, import: id });
            return undefined;
          },
          done: () => ({ ...all, truths }),
        },
        also,
      );
    },
    renameFile: (id, file) => {
      database.run('update imports set file = :file where id = :id', { id, file });
    },
    *keepOnly(planHash, also = () => {}) {
      const others = database.get<{ count: number }>(
        'select count(*) "count" from imports where plan_hash <> :planHash',
        { planHash },
      )!.count;
      if (others === 0) {
        yield { rows: 0, fraction: 0 };
        database.transaction(also);
        return;
      }
      yield* changes.make<void>(
        {
          parts: allParts(database),
          begin: (next) => {
            database.run('update imports set until = :next where plan_hash <> :planHash', { next, planHash });
          },
          done: () => {},
        },
        also,
      );
    },
    chosenFor(folder) {
      const found = database.get<{ at: string; settings: string }>(
        `select at, settings from imports_in_use where folder = :folder and role <> :role order by id desc limit 1`,
        { folder, role: theWorkstation.role },
      );
      return found && { at: found.at, settings: JSON.parse(found.settings) as ImportSettings };
    },
    problems: (limit, id) =>
      database
        .all<{ import: number; row: number; column: string; code: string; detail: string }>(
          `select import, row, column_name "column", code, detail from import_problems
           where import in (${id === undefined ? standing : 'select id from imports_in_use where id = :id'})
           order by id limit :limit`,
          id === undefined ? { limit } : { limit, id },
        )
        .map((problem) => ({ ...problem, detail: JSON.parse(problem.detail) as ErrorDetail })),
    problemCount: () =>
      database.get<{ count: number }>(
        `select count(*) "count" from import_problems where import in (${standing})`,
      )!.count,
  };
}

function importRow({ actor, role, settings, brought, ...row }: StoredRow): ImportRow {
  return {
    ...row,
    by: { name: actor, role },
    settings: JSON.parse(settings) as ImportSettings,
    ...(JSON.parse(brought) as Brought),
  };
}

function isEmpty(values: object): boolean {
  for (const _ in values) return false;
  return true;
}

type Counts<Name extends string> = { [Count in Name]: number };

/** Adds counts to others of the same names. */
function addTo<Name extends string>(all: Counts<Name>, more: Readonly<Counts<Name>>): void {
  for (const name of Object.keys(all) as Name[]) all[name] += more[name];
}
