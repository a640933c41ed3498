import { describe, expect, it } from 'vitest';
import type { HeardRound } from '../../../main/services/context.ts';
import { federationStatus } from '../../../main/services/participation/plant-status.ts';
import type { RoundState } from '../../../protocol/messages.ts';

const answer = (change: Partial<RoundState> = {}): RoundState => ({
  ...{ state: 'waiting', round: 2, scheduledRounds: 3, stage: 'generators', modelVersion: 2, deadline: null },
  ...{ contributed: false, plants: { enrolled: 2, contributed: 0 }, membership: null, calibration: null },
  ...{ retryAfterSeconds: 1, ...change },
});
const at = '2026-01-01T00:00:00.000Z';
const heard = (change: Partial<RoundState> = {}): HeardRound => ({
  ...{ state: answer(change), at, reachable: true },
});
const lost = { reachable: false, lostSince: at, nextTry: '2026-01-01T00:00:08.000Z' };
const calibration = { number: 1, modelVersion: 3, open: true };

describe('the status of a plant', () => {
  const cases: readonly (readonly [string, HeardRound | undefined, boolean, object])[] = [
    ['before anything was asked', undefined, false, { is: 'never-contacted', action: 'join' }],
    ['asking for the first time', undefined, true, { is: 'connecting', action: 'stop' }],
    ['asking again after a start', { ...heard(), asking: true }, true, { is: 'connecting', action: 'stop' }],
    ['that was never answered', lost, true, { is: 'lost', since: at, nextTry: lost.nextTry }],
    ['that is answered no more', { ...heard(), ...lost }, true, { is: 'lost', since: at, action: 'stop' }],
    ['between two rounds', heard(), true, { is: 'connected', action: 'stop' }],
    ['in a round', heard({ state: 'open' }), true, { is: 'round-open', action: 'stop' }],
    ['done with it', heard({ state: 'open', contributed: true }), true, { is: 'waiting-for-others' }],
    ['calibrating', heard({ state: 'finished', calibration }), true, { is: 'calibrating', action: 'stop' }],
    ['that stopped', heard(), false, { is: 'apart', action: 'join' }],
    ['that stopped while calibrating', heard({ state: 'finished', calibration }), false, { is: 'apart' }],
    [
      'after the schedule',
      heard({ state: 'finished', round: 3 }),
      false,
      { is: 'finished', action: 'review' },
    ],
    ['after it, with nobody there', { ...heard({ state: 'finished' }), ...lost }, false, { is: 'finished' }],
    ['with an extra round', heard({ state: 'open', round: 4 }), false, { is: 'extra-round', action: 'join' }],
    ['in an extra round', heard({ state: 'open', round: 4 }), true, { is: 'round-open', action: 'stop' }],
  ];

  it.each(cases)('%s', (_, what, participating, expected) => {
    expect(federationStatus(what, { participating, scheduledRounds: 3 })).toMatchObject(expected);
  });
});
