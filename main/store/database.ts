import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { FedReconError } from '../../protocol/errors.ts';
import { migrations } from './migrations/index.ts';

export type Row = Record<string, SQLInputValue>;

/** SQLite with prepared statements, transactions and errors from the table. Synchronous: every call is short. */
export interface StoreDatabase {
  /** All rows of a query. */
  all<T>(sql: string, parameters?: Row): T[];
  /** The first row, or undefined. */
  get<T>(sql: string, parameters?: Row): T | undefined;
  /** Runs a statement; gives the id of the row it inserted. */
  run(sql: string, parameters?: Row): number;
  /** Runs a statement once for each list of values, of its parameters in their order. */
  runEach(sql: string, lists: Iterable<readonly SQLInputValue[]>): void;
  /** Runs `work` all or nothing. Nested calls join the outer transaction. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const sqlite = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notDatabase: 26 };

/**
 * Opens the database at `path`, alone: the exclusive lock is the operating system's and ends with the
 * process, however that ends. WAL and `synchronous = full`: what a transaction returned from is durable.
 * @throws FedReconError `data-folder-in-use`, `data-folder-unusable`, `store-newer`, `store-other`, `store-damaged`, `disk-full`
 */
export function openStoreDatabase(path: string): StoreDatabase {
  const failure = (thrown: unknown) => databaseError(thrown, path);
  let connection: DatabaseSync;
  try {
    connection = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  } catch (thrown) {
    throw failure(thrown);
  }
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw failure(thrown);
    }
  };
  const database: StoreDatabase = {
    all: <T>(sql: string, parameters: Row = {}) => guarded(() => prepare(sql).all(parameters) as T[]),
    get: <T>(sql: string, parameters: Row = {}) =>
      guarded(() => prepare(sql).get(parameters) as T | undefined),
    run: (sql, parameters = {}) => guarded(() => Number(prepare(sql).run(parameters).lastInsertRowid)),
    runEach: (sql, lists) =>
      guarded(() => {
        const statement = prepare(sql);
        for (const list of lists) statement.run(...list);
      }),
    transaction: (work) => {
      if (connection.isTransaction) return work();
      guarded(() => connection.exec('begin immediate'));
      try {
        const result = work();
        guarded(() => connection.exec('commit'));
        return result;
      } catch (thrown) {
        // A full disk or an I/O error may have rolled back already.
        if (connection.isTransaction) connection.exec('rollback');
        throw thrown;
      }
    },
    close: () => connection.close(),
  };
  try {
    guarded(() => {
      connection.exec(
        'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; begin immediate; commit;',
      );
    });
    migrate(connection, database, guarded);
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
  return database;
}

function migrate(connection: DatabaseSync, database: StoreDatabase, guarded: <T>(work: () => T) => T): void {
  const found = database.get<{ user_version: number }>('pragma user_version')!.user_version;
  if (found > migrations.length) throw new FedReconError('store-newer', { found, known: migrations.length });
  if (found === migrations.length && !isSchemaKnown(connection)) throw new FedReconError('store-other');
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue;
    database.transaction(() => {
      guarded(() => connection.exec(`${migration} pragma user_version = ${index + 1}`));
    });
  }
}

/** Whether the tables are those that the migrations make: a version before them may have counted as far with others. */
function isSchemaKnown(connection: DatabaseSync): boolean {
  const fresh = new DatabaseSync(':memory:');
  try {
    for (const migration of migrations) fresh.exec(migration);
    return schemaOf(connection) === schemaOf(fresh);
  } finally {
    fresh.close();
  }
}

function schemaOf(connection: DatabaseSync): string {
  const found = connection.prepare(
    "select sql from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%' order by name",
  );
  return JSON.stringify(found.all());
}

/** Why a database cannot be used where that is not its own fault, in both languages. */
const unusable: Readonly<Record<number, { readonly problem: string; readonly problemJa: string }>> = {
  [sqlite.cannotOpen]: { problem: 'its database cannot be opened', problemJa: 'データベースを開けません' },
  [sqlite.readOnly]: { problem: 'its database can only be read', problemJa: 'データベースに書き込めません' },
  [sqlite.ioError]: {
    problem: 'the drive reports a fault at its database',
    problemJa: 'データベースの読み書き中にドライブの異常がありました',
  },
};

function databaseError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number')
    return thrown;
  const options = { cause: thrown };
  const code = thrown.errcode & 0xff;
  switch (code) {
    case sqlite.full:
      return new FedReconError('disk-full', { path }, options);
    case sqlite.busy:
      return new FedReconError(
        'data-folder-in-use',
        { folder: dirname(path), holder: '', holderJa: '' },
        options,
      );
    case sqlite.corrupt:
    case sqlite.notDatabase:
      return new FedReconError('store-damaged', { problem: thrown.message }, options);
    case sqlite.cannotOpen:
    case sqlite.readOnly:
    case sqlite.ioError:
      return new FedReconError('data-folder-unusable', { folder: dirname(path), ...unusable[code] }, options);
    default:
      return thrown;
  }
}
