/**
 * Queries to a database. Rows have the same JavaScript types from every database: see `migrations.ts` for the columns.
 */
export interface Queries {
  /** Runs one statement with `$1…` parameters. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements that take no parameters. */
  script(sql: string): Promise<void>;
}

/** PostgreSQL, embedded or on a server, behind the few calls the aggregator needs. */
export interface Database extends Queries {
  /** Runs `work` in a transaction: all of it is committed durably when this resolves, and undone when it rejects. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** True if this process is the only one that can use the database. */
  readonly exclusive: boolean;
  close(): Promise<void>;
}
