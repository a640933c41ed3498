import type { ErrorDetail } from '../../protocol/errors.ts';
import type { PartValue } from '../../training/kinds/reading.ts';
import type { StoreDatabase } from './database.ts';
import type { RowMove } from './tensor-file.ts';

/** Measurement of one modality of a part: an image file, values in their unit, or words. */
export type Measurement = PartValue;

interface NewPart {
  /** Row in the data set's file. */
  readonly position: number;
  readonly name: string;
  readonly values: Readonly<Record<string, Measurement>>;
}

interface ImportIssue {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly detail: ErrorDetail;
}

export interface Part {
  readonly id: number;
  readonly name: string;
  readonly dataset: number;
  readonly position: number;
}

/** Imported data set in use. Its rows count on from the data sets before it. */
interface DataSet {
  readonly id: number;
  /** SHA-256 of its tensors. */
  readonly file: string;
  readonly rows: number;
}

/** Measurement of a part in an older data set that stays, and the part's rows there and in the new one. */
interface LeftMeasurement extends RowMove {
  readonly dataset: number;
  readonly modality: string;
}

/** Join to the measurements of older data sets whose parts a new one holds without these measurements. */
const leftOver = `
  from parts new
  join parts old on old.name = new.name and old.dataset <> new.dataset
  join datasets on datasets.id = old.dataset and datasets.state = 'active'
  join measurements kept on kept.part = old.id
  where new.dataset = :dataset
    and not exists (select 1 from measurements where part = new.id and modality = kept.modality)`;

/** Imported data sets, their parts and the measurements of these. */
export interface DataSets {
  /** Starts a data set; it stays invisible until `activate`. */
  begin(of: { folder: string; manifest: string; planHash: string; file: string; rows: number }): number;
  addParts(dataset: number, parts: readonly NewPart[]): void;
  addProblems(dataset: number, problems: readonly ImportIssue[]): void;
  /** Rows of parts that `dataset` holds under the same name, in each data set that held them before. */
  replacedBy(dataset: number): Map<number, number[]>;
  /** Measurements by data sets in use of parts of `dataset` that it lacks: they stay. */
  left(dataset: number): LeftMeasurement[];
  /**
   * Activates the data set; parts of the same name elsewhere are replaced, measurements that it lacks stay, and
   * `rewritten` files take the place of the data sets'.
   */
  activate(dataset: number, rewritten: ReadonlyMap<number, string>): void;
  /** Removes data sets that a killed import left invisible, and those with no part left. */
  sweep(): void;
  /** Removes data sets that were read by another plan. */
  keepOnly(planHash: string): void;
  active(): DataSet[];
  part(id: number): Part | undefined;
  measurements(part: number): ReadonlyMap<string, Measurement>;
  /** Number of parts in all, and of those that hold each modality. */
  counts(): { readonly parts: number; readonly present: ReadonlyMap<string, number> };
  /** At most `limit` problems of the imports in use, oldest first. */
  problems(limit: number): ImportIssue[];
  problemCount(): number;
  /** Ids of the parts in the rows of all active data sets, one after the other; undefined where a part was replaced. */
  partsByRow(): (number | undefined)[];
  /** Measurements of one modality of all parts. */
  values(modality: string): Measurement[];
}

export function dataSetsIn(database: StoreDatabase): DataSets {
  const active = () =>
    database.all<DataSet>(`select id, file, rows from datasets where state = 'active' order by id`);
  const count = () => {
    const inUse = `join datasets on datasets.id = parts.dataset and datasets.state = 'active'`;
    const rows = database.all<{ modality: string; present: number }>(
      `select modality, count(*) present from measurements join parts on parts.id = part ${inUse} group by modality`,
    );
    const { parts } = database.get<{ parts: number }>(`select count(*) parts from parts ${inUse}`)!;
    return { parts, present: new Map(rows.map(({ modality, present }) => [modality, present])) };
  };
  /**
   * Counts of the parts: counting takes a moment, and every snapshot asks; forgotten when the data sets in use change.
   */
  let counted: ReturnType<typeof count> | undefined;
  return {
    begin: (of) =>
      database.run(
        `insert into datasets (state, folder, manifest, plan_hash, file, rows, imported_at)
         values ('pending', :folder, :manifest, :planHash, :file, :rows, :at)`,
        { ...of, at: new Date().toISOString() },
      ),
    addParts: (dataset, parts) =>
      database.transaction(() => {
        for (const { position, name, values } of parts) {
          const part = database.run(
            'insert into parts (dataset, position, name) values (:dataset, :position, :name)',
            { dataset, position, name },
          );
          for (const [modality, value] of Object.entries(values))
            database.run(
              'insert into measurements (part, modality, value) values (:part, :modality, :value)',
              { part, modality, value: JSON.stringify(value) },
            );
        }
      }),
    addProblems: (dataset, problems) =>
      database.transaction(() => {
        for (const { row, column, code, detail } of problems)
          database.run(
            `insert into import_problems (dataset, row, column_name, code, detail)
             values (:dataset, :row, :column, :code, :detail)`,
            { dataset, row, column, code, detail: JSON.stringify(detail) },
          );
      }),
    replacedBy: (dataset) => {
      const rows = database.all<{ dataset: number; position: number }>(
        `select old.dataset, old.position from parts old join parts new on new.name = old.name
         where new.dataset = :dataset and old.dataset <> :dataset order by old.dataset, old.position`,
        { dataset },
      );
      const replaced = new Map<number, number[]>();
      for (const row of rows) {
        const positions = replaced.get(row.dataset) ?? [];
        positions.push(row.position);
        replaced.set(row.dataset, positions);
      }
      return replaced;
    },
    left: (dataset) =>
      database.all<LeftMeasurement>(
        `select old.dataset, kept.modality, old.position "from", new.position "to" ${leftOver}
         order by old.dataset, kept.modality, old.position`,
        { dataset },
      ),
    activate: (dataset, rewritten) => {
      counted = undefined;
      database.transaction(() => {
        database.run(
          `insert into measurements (part, modality, value) select new.id, kept.modality, kept.value ${leftOver}`,
          { dataset },
        );
        database.run(
          `delete from parts where dataset <> :dataset and name in (select name from parts where dataset = :dataset)`,
          { dataset },
        );
        for (const [id, file] of rewritten)
          database.run('update datasets set file = :file where id = :id', { id, file });
        database.run(`update datasets set state = 'active' where id = :dataset`, { dataset });
        database.run('delete from datasets where id not in (select dataset from parts)');
      });
    },
    sweep: () => {
      counted = undefined;
      database.run(`delete from datasets where state = 'pending' or id not in (select dataset from parts)`);
    },
    keepOnly: (planHash) => {
      counted = undefined;
      database.run('delete from datasets where plan_hash <> :planHash', { planHash });
    },
    active,
    part: (id) => database.get<Part>('select id, name, dataset, position from parts where id = :id', { id }),
    measurements: (part) => {
      const rows = database.all<{ modality: string; value: string }>(
        'select modality, value from measurements where part = :part order by modality',
        { part },
      );
      return new Map(rows.map(({ modality, value }) => [modality, JSON.parse(value) as Measurement]));
    },
    counts: () => {
      counted ??= count();
      return counted;
    },
    problems: (limit) =>
      database
        .all<{ row: number; column: string; code: string; detail: string }>(
          `select row, column_name "column", code, import_problems.detail from import_problems
           join datasets on datasets.id = dataset and state = 'active' order by import_problems.id limit :limit`,
          { limit },
        )
        .map((problem) => ({ ...problem, detail: JSON.parse(problem.detail) as ErrorDetail })),
    problemCount: () =>
      database.get<{ count: number }>(
        `select count(*) "count" from import_problems join datasets on datasets.id = dataset and state = 'active'`,
      )!.count,
    partsByRow: () => {
      const parts: (number | undefined)[] = [];
      let first = 0;
      for (const { id, rows } of active()) {
        parts.length = first + rows;
        for (const part of database.all<Part>('select id, position from parts where dataset = :id', { id }))
          parts[first + part.position] = part.id;
        first += rows;
      }
      return parts;
    },
    values: (modality) =>
      database
        .all<{ value: string }>('select value from measurements where modality = :modality', { modality })
        .map(({ value }) => JSON.parse(value) as Measurement),
  };
}
