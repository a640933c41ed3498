import pg from 'pg';
import { FedReconError } from '../../protocol/errors.ts';
import type { Database, Queries } from './database.ts';

/** Parsers of column types: 64-bit integers become numbers, as in PGlite; ours are byte counts and sequence numbers. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * A PostgreSQL server, which several aggregator processes may share.
 * @param url `postgresql://user:password@host/database`
 * @throws FedReconError `database-unreachable`
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, types });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new FedReconError('database-unreachable', { problem: (cause as Error).message }, { cause });
  }
  return {
    ...queries(pool),
    transaction: (work) => transaction(pool, work),
    exclusive: false,
    close: () => pool.end(),
  };
}

function queries(target: pg.Pool | pg.PoolClient): Queries {
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await target.query(sql, [...values])).rows as Row[],
    script: async (sql) => {
      await target.query(sql);
    },
  };
}

async function transaction<T>(pool: pg.Pool, work: (tx: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(queries(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
