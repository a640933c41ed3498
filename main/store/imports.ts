import type { ErrorDetail } from '../../protocol/errors.ts';
import type { Actor } from '../log/entries.ts';
import { afterChange, dropEmptyParts, endDecisions, type TouchedParts, touching } from './data-changes.ts';
import type { StoreDatabase } from './database.ts';
import type { Measurement } from './parts.ts';

/** What an empty or unreadable cell says of what stands already: nothing, or that it is measured no more. */
export type EmptyCells = 'keep' | 'remove';

/** What a person chose for an import. */
export interface ImportSettings {
  /** Column → what it was taken for. */
  readonly columns: Readonly<Record<string, string>>;
  /** By modality; of one that is not named: keep. */
  readonly empty: Readonly<Record<string, EmptyCells>>;
}

/** What an import did to one modality, in parts. */
export interface BroughtModality {
  readonly modality: string;
  readonly added: number;
  readonly replaced: number;
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
  readonly name: string;
  readonly values: Readonly<Record<string, Measurement>>;
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
  addProblems(id: number, problems: readonly ImportIssue[]): void;
  /** Puts an import into use. What was reconstructed of its parts is forgotten. */
  activate(id: number): Brought;
  /** Newest first: at most `limit` that are older than `before`. */
  list(limit: number, before?: number): ImportRow[];
  get(id: number): ImportRow | undefined;
  /** SHA-256 of the file that holds its values. */
  file(id: number): string;
  count(): number;
  /** How much of each modality holds that an import brought. */
  holding(id: number): ReadonlyMap<string, number>;
  undoing(id: number): Undoing;
  undo(id: number): Undoing;
  /** Names an import's file after values were erased from it. */
  renameFile(id: number, file: string): void;
  /** Removes what a killed import left invisible. */
  sweep(): void;
  /** Removes imports that were read by another plan. */
  keepOnly(planHash: string): void;
  /** At most `limit` problems, oldest first, of one import or of all. */
  problems(limit: number, id?: number): (ImportIssue & { readonly import: number })[];
  problemCount(): number;
}

const columns = `id, at, actor, role, folder, manifest, settings, hash, rows, brought,
  (select count(*) from import_problems where import = imports.id) problems`;

type StoredRow = Pick<ImportRow, 'id' | 'at' | 'folder' | 'manifest' | 'hash' | 'rows' | 'problems'> & {
  readonly actor: string;
  readonly role: Actor['role'];
  readonly settings: string;
  readonly brought: string;
};

/** @param changed called when what holds is another than before */
export function importsIn(database: StoreDatabase, changed: () => void): Imports {
  const stayed = new Map<number, Map<string, number>>();
  const settingsOf = (id: number) =>
    JSON.parse(
      database.get<{ settings: string }>('select settings from imports where id = :id', { id })!.settings,
    ) as ImportSettings;
  const touchedBy = (id: number): TouchedParts =>
    touching('select part from measurements where import = :id', { id });

  const get = (id: number) => {
    const row = database.get<StoredRow>(
      `select ${columns} from imports where id = :id and state = 'active'`,
      { id },
    );
    return row && importRow(row);
  };

  /** The newest layer beneath an import's own, and whether nothing lies over that. */
  const beneath = (what: 'import' | 'position') =>
    `(select older.${what} from measurements older where older.part = own.part and older.modality = own.modality
        and older.import < own.import order by older.import desc limit 1)`;
  const uncovered = `not exists (select 1 from measurements newer where newer.part = own.part
        and newer.modality = own.modality and newer.import > own.import)`;

  function undoing(id: number): Undoing {
    return database.get<Undoing>(
      `select coalesce(sum(top and position is not null and below is null), 0) goes,
              coalesce(sum(top and below is not null), 0) "returns",
              coalesce(sum(not top), 0) covered
       from (select position, ${uncovered} top, ${beneath('position')} below
             from measurements own where import = :id)`,
      { id },
    )!;
  }

  return {
    begin: ({ by, settings, file, ...of }) =>
      database.run(
        `insert into imports (state, at, actor, role, job, folder, manifest, settings, plan_hash, file, hash, rows)
         values ('pending', :at, :actor, :role, :job, :folder, :manifest, :settings, :planHash, :file, :file, :rows)`,
        {
          ...of,
          ...{ at: new Date().toISOString(), actor: by.name, role: by.role, file },
          settings: JSON.stringify(settings),
        },
      ),
    isMade: (job) =>
      database.get(`select 1 from imports where job = :job and state = 'active'`, { job }) !== undefined,
    addParts: (id, parts) =>
      database.transaction(() => {
        const { empty: rule } = settingsOf(id);
        const counts = stayed.get(id) ?? new Map<string, number>();
        stayed.set(id, counts);
        for (const { position, name, values, empty = [] } of parts) {
          const { part } = database.get<{ part: number }>(
            'insert into parts (name) values (:name) on conflict (name) do update set name = name returning id part',
            { name },
          )!;
          const layer = (modality: string, value: string | null) =>
            database.run(
              `insert into measurements (part, modality, import, position, value)
               values (:part, :modality, :id, :position, :value)`,
              { part, modality, id, position: value === null ? null : position!, value },
            );
          for (const [modality, value] of Object.entries(values)) layer(modality, JSON.stringify(value));
          for (const modality of empty) {
            const holds = database.get('select 1 from holding where part = :part and modality = :modality', {
              part,
              modality,
            });
            if (!holds) continue;
            if (rule[modality] === 'remove') layer(modality, null);
            else counts.set(modality, (counts.get(modality) ?? 0) + 1);
          }
        }
      }),
    addProblems: (id, problems) =>
      database.transaction(() => {
        for (const { row, column, code, detail } of problems)
          database.run(
            `insert into import_problems (import, row, column_name, code, detail)
             values (:id, :row, :column, :code, :detail)`,
            { id, row, column, code, detail: JSON.stringify(detail) },
          );
      }),
    activate: (id) =>
      database.transaction(() => {
        const done = database.all<Omit<BroughtModality, 'stayed'>>(
          `select modality, sum(position is not null and old is null) added,
                  sum(position is not null and old is not null) replaced, sum(position is null) removed
           from (select modality, position,
                        (select 1 from holding old where old.part = new.part and old.modality = new.modality) old
                 from measurements new where import = :id)
           group by modality`,
          { id },
        );
        const parts = database.get<{ known: number; fresh: number }>(
          `select coalesce(sum(parts.import is not null), 0) known, coalesce(sum(parts.import is null), 0) fresh
           from parts where id in (select part from measurements where import = :id)`,
          { id },
        )!;
        const kept = stayed.get(id) ?? new Map<string, number>();
        stayed.delete(id);
        const names = [...new Set([...done.map(({ modality }) => modality), ...kept.keys()])];
        const brought: Brought = {
          partsNew: parts.fresh,
          partsKnown: parts.known,
          modalities: names.map((modality) => ({
            ...{ modality, added: 0, replaced: 0, removed: 0 },
            ...done.find((one) => one.modality === modality),
            stayed: kept.get(modality) ?? 0,
          })),
        };
        database.run(
          `delete from holding where (part, modality) in (
             select part, modality from measurements where import = :id and position is null)`,
          { id },
        );
        database.run(
          `insert or replace into holding (part, modality, import)
           select part, modality, import from measurements where import = :id and position is not null`,
          { id },
        );
        database.run(`update imports set state = 'active', brought = :brought where id = :id`, {
          ...{ id, brought: JSON.stringify(brought) },
        });
        afterChange(database, touchedBy(id));
        changed();
        return brought;
      }),
    list: (limit, before = Number.MAX_SAFE_INTEGER) =>
      database
        .all<StoredRow>(
          `select ${columns} from imports where state = 'active' and id < :before order by id desc limit :limit`,
          { limit, before },
        )
        .map(importRow),
    get,
    file: (id) => database.get<{ file: string }>('select file from imports where id = :id', { id })!.file,
    count: () =>
      database.get<{ count: number }>(`select count(*) "count" from imports where state = 'active'`)!.count,
    holding: (id) => {
      const rows = database.all<{ modality: string; count: number }>(
        'select modality, count(*) "count" from holding where import = :id group by modality',
        { id },
      );
      return new Map(rows.map(({ modality, count }) => [modality, count]));
    },
    undoing,
    undo: (id) =>
      database.transaction(() => {
        const does = undoing(id);
        endDecisions(
          database,
          touching(`select part from measurements own where import = :id and ${uncovered}`, { id }),
        );
        // Where it held, what lies beneath holds, if it is a value; where it had taken something away, that comes back.
        database.run(`delete from holding as own where import = :id and ${beneath('position')} is null`, {
          id,
        });
        database.run(`update holding as own set import = ${beneath('import')} where import = :id`, { id });
        database.run(
          `insert into holding (part, modality, import)
           select part, modality, ${beneath('import')} from measurements own
           where import = :id and position is null and ${uncovered} and ${beneath('position')} is not null`,
          { id },
        );
        const touched = database.all<{ part: number }>(
          'select distinct part from measurements where import = :id',
          { id },
        );
        database.run('update parts set import = null where import = :id', { id });
        database.run('delete from imports where id = :id', { id });
        afterChange(database, touching('select value from json_each(:ids)', idsOf(touched)));
        dropEmptyParts(database);
        changed();
        return does;
      }),
    renameFile: (id, file) => {
      database.run('update imports set file = :file where id = :id', { id, file });
    },
    sweep: () =>
      database.transaction(() => {
        database.run(`delete from imports where state = 'pending'`);
        dropEmptyParts(database);
      }),
    keepOnly: (planHash) =>
      database.transaction(() => {
        const others = database.all<{ id: number }>('select id from imports where plan_hash <> :planHash', {
          planHash,
        });
        if (others.length === 0) return;
        database.run('update parts set import = null');
        database.run('delete from holding');
        for (const { id } of others) database.run('delete from imports where id = :id', { id });
        database.run(
          `insert into holding (part, modality, import)
           select part, modality, import from measurements own where position is not null and ${uncovered}`,
        );
        afterChange(database, touching('select id from parts', {}));
        dropEmptyParts(database);
        changed();
      }),
    problems: (limit, id) =>
      database
        .all<{ import: number; row: number; column: string; code: string; detail: string }>(
          `select import, row, column_name "column", code, detail from import_problems
           where import in (select id from imports where state = 'active') ${id === undefined ? '' : 'and import = :id'}
           order by id limit :limit`,
          id === undefined ? { limit } : { limit, id },
        )
        .map((problem) => ({ ...problem, detail: JSON.parse(problem.detail) as ErrorDetail })),
    problemCount: () =>
      database.get<{ count: number }>(
        `select count(*) "count" from import_problems join imports on imports.id = import and state = 'active'`,
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

function idsOf(rows: readonly { readonly part: number }[]): { ids: string } {
  return { ids: JSON.stringify(rows.map(({ part }) => part)) };
}
