import type { PlantStatus } from '../../api/views.ts';
import type { HeardRound } from '../context.ts';

/** What the status of a plant follows from, beside what was heard of the aggregator. */
interface Standing {
  readonly participating: boolean;
  readonly scheduledRounds: number;
}

/**
 * Status of a plant towards its federation: the one state that every page names. Who takes part is asked first whether
 * headquarters answers, then what is on there; who does not is told only what there is to do.
 */
export function federationStatus(
  heard: HeardRound | undefined,
  { participating, scheduledRounds }: Standing,
): PlantStatus {
  const state = heard?.state;
  const isExtra = state?.state === 'open' && state.round > scheduledRounds;
  if (!participating) {
    if (heard?.at === undefined) return { is: 'never-contacted', action: 'join' };
    if (isExtra) return { is: 'extra-round', action: 'join' };
    return state?.state === 'finished' && !state.calibration?.open
      ? { is: 'finished', action: 'review' }
      : { is: 'apart', action: 'join' };
  }
  if (heard?.reachable === false)
    return {
      ...{ is: 'lost', action: 'stop', since: heard.lostSince ?? null, nextTry: heard.nextTry ?? null },
    };
  if (!state || heard?.asking) return { is: 'connecting', action: 'stop' };
  if (state.calibration?.open && state.state !== 'open') return { is: 'calibrating', action: 'stop' };
  if (state.state === 'open')
    return { is: state.contributed ? 'waiting-for-others' : 'round-open', action: 'stop' };
  return { is: state.state === 'finished' ? 'finished' : 'connected', action: 'stop' };
}
