import { moduleUse } from '../../protocol/modules.ts';
import type { StageName } from '../../protocol/schedule.ts';
import { type Answers, activePlants, answersOf } from '../collecting/answers.ts';
import type { Queries } from '../database/database.ts';
import type { Federation } from '../federation/federation.ts';
import { type Holdings, holdingsInRound, holdingsLeft } from '../federation/holdings.ts';

/** A row of `rounds`. */
export interface Round {
  readonly number: number;
  readonly stage: StageName;
  readonly base_version: number;
  readonly state: 'open' | 'reducing' | 'closed';
  readonly opened_at: Date;
  readonly deadline: Date;
  readonly closed_at: Date | null;
}

const columns = 'number, stage, base_version, state, opened_at, deadline, closed_at';

/**
 * Round that was opened last, open or not; undefined before the first. `for update` holds it until the transaction
 * ends.
 */
export async function lastRound(queries: Queries, lock: '' | 'for update' = ''): Promise<Round | undefined> {
  const [round] = await queries.query<Round>(
    `select ${columns} from rounds order by number desc limit 1 ${lock}`,
  );
  return round;
}

/** Round by its number; undefined if there is none. @param lock `for update` holds it until the transaction ends */
export async function readRound(
  queries: Queries,
  number: number,
  lock: '' | 'for update' = '',
): Promise<Round | undefined> {
  const [round] = await queries.query<Round>(`select ${columns} from rounds where number = $1 ${lock}`, [
    number,
  ]);
  return round;
}

/** Plants that train something in a round, and plants whose contribution is in. */
interface Participation extends Answers {
  /** Number of plants that belong to the federation now. */
  readonly active: number;
  /** Those of them that have something in this round. */
  readonly able: number;
}

/** Participation of the plants in a round of a stage, with what is left of what the round counts on. */
export async function participation(
  federation: Federation,
  queries: Queries,
  round: number,
  stage: StageName,
): Promise<Participation> {
  const plants = await activePlants(queries);
  const contributions = await queries.query<{ plant_id: string }>(
    'select plant_id from contributions where round = $1',
    [round],
  );
  const trains = (plant: Holdings) =>
    moduleUse(federation.plan, holdingsLeft(plant, round), stage, round).train.length > 0;
  const able = plants.filter((plant) => holdingsInRound(plant, round).length > 0).length;
  return { active: plants.length, able, ...answersOf(plants, trains, contributions) };
}
