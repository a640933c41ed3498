import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type AggregatorProcess,
  forkAggregator,
  initialiseAggregator,
} from '../../../main/demo/aggregator-process.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';

/**
 * Starts an aggregator for a plan in a process of its own, with its data in `folder` and on the run's PostgreSQL
 * server, which takes seconds less than PGlite. It ends with the test.
 */
export async function forkHeadquarters(folder: string, plan: object): Promise<AggregatorProcess> {
  // The commands of an administrator find the database there as well.
  process.env.DATABASE_URL = await newPostgresDatabase();
  onTestFinished(() => {
    delete process.env.DATABASE_URL;
  });
  await mkdir(folder, { recursive: true });
  const planFile = join(folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(plan));
  await initialiseAggregator(folder, planFile);
  const headquarters = await forkAggregator(folder);
  onTestFinished(() => headquarters.close());
  return headquarters;
}
