import { onTestFinished } from 'vitest';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { openHeadquarters, type PlantsHeadquarters } from './headquarters.ts';

/** As {@link openHeadquarters}, on the run's PostgreSQL server, which takes seconds less than PGlite. It ends with the test. */
export async function startHeadquarters(folder: string, plan: object): Promise<PlantsHeadquarters> {
  const headquarters = await openHeadquarters(folder, plan, await newPostgresDatabase());
  onTestFinished(() => headquarters.close());
  return headquarters;
}
