import { i18n } from '../i18n/index.svelte.ts';
import { workstation } from './workstation.svelte.ts';

/** Where the plant stands, in one sentence and what follows from it: the same on every page. */
export interface StatusSentence {
  readonly headline: string;
  readonly detail: string;
}

/** The sentence of the moment: of the job that runs, unless that only waits; else of the plant's status. */
export function statusSentence(): StatusSentence {
  const { job, state } = workstation;
  const { status } = state!.federation!;
  const runs = job?.state === 'running' || job?.state === 'stopping';
  if (job && runs && job.phase !== 'waiting' && status.is !== 'lost')
    return { headline: i18n.t.phases[job.phase], detail: job.stage ? i18n.t.stages[job.stage] : '' };
  // A round may be on in which this plant has nothing to do.
  const isWaiting = status.is === 'round-open' && runs && job?.phase === 'waiting';
  const [headline, detail] = i18n.t.status[isWaiting ? 'waiting-for-others' : status.is];
  if (status.is !== 'lost') return { headline, detail };
  const { since, nextTry } = status;
  return {
    headline: since ? i18n.t.round.lostSince(i18n.time(since)) : headline,
    detail: nextTry ? `${i18n.t.round.nextTry(i18n.time(nextTry))} ${detail}` : detail,
  };
}
