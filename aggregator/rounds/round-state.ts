import type { RoundState } from '../../protocol/messages.ts';
import { scheduledRounds, stageOfRound } from '../../protocol/schedule.ts';
import { lastCalibration } from '../calibration/calibration-rows.ts';
import { announced } from '../calibration/calibration-state.ts';
import type { Plant } from '../federation/authentication.ts';
import type { Federation } from '../federation/federation.ts';
import { holdingsInRound } from '../federation/holdings.ts';
import { currentVersion } from '../federation/model-versions.ts';
import { lastRound, participation, type Round } from './round-rows.ts';

/**
 * State of the rounds for a plant: what it has to do now, and when to ask again.
 * @param plant undefined for headquarters
 */
export async function readRoundState(federation: Federation, plant: Plant | undefined): Promise<RoundState> {
  const { database, plan, clock } = federation;
  const round = await lastRound(database);
  const stage = round?.stage ?? stageOfRound(plan, 1).stage;
  const { active, contributed } = await participation(federation, database, round?.number ?? 0, stage);
  const scheduled = scheduledRounds(plan);
  const isOpen = round?.state === 'open';
  const isOver = round?.state === 'closed' && round.number >= scheduled;
  return {
    state: isOpen ? 'open' : isOver ? 'finished' : 'waiting',
    round: round?.number ?? 0,
    scheduledRounds: scheduled,
    stage,
    modelVersion: isOpen ? round.base_version : await currentVersion(database),
    deadline: isOpen ? round.deadline.toISOString() : null,
    contributed: plant !== undefined && contributed.has(plant.id),
    plants: { enrolled: active, contributed: contributed.size },
    membership: plant
      ? { has: [...plant.has], inRound: [...holdingsInRound(plant, round?.number ?? 0)] }
      : null,
    calibration: await announced(database),
    retryAfterSeconds: retryAfter(await lastChange(federation, round), active, clock()),
  };
}

const retry = { least: 0.25, most: 30, ageShare: 0.1, plantsPerSecond: 40 };

/**
 * Seconds until a plant should ask again: a tenth of the time since the last change. So short rounds are noticed at
 * once, long ones cost few requests, and nobody waits more than a tenth longer than needed. Many plants are spread out.
 */
function retryAfter(lastChange: number, plants: number, now: number): number {
  const age = Math.max(0, now - lastChange) / 1000;
  const least = Math.max(retry.least, plants / retry.plantsPerSecond);
  return Math.min(retry.most, Math.max(least, age * retry.ageShare));
}

/**
 * Time of the last change, in Unix milliseconds: when a round or a pass of a calibration opened or closed last or,
 * before the first, a plant joined; now while a round is reduced, for that is over in a moment.
 */
async function lastChange({ database, clock }: Federation, round: Round | undefined): Promise<number> {
  const calibrated = (await lastCalibration(database))?.changed_at.getTime() ?? 0;
  if (round?.state === 'reducing') return clock();
  if (round) return Math.max(calibrated, (round.closed_at ?? round.opened_at).getTime());
  const [row] = await database.query<{ newest: Date | null }>(
    'select max(enrolled_at) as newest from plants',
  );
  return row?.newest?.getTime() ?? clock();
}
