import type { JobView } from '../../main/api/views.ts';

/** Share of a round that is behind when a phase begins; training is nearly all of it. */
const behind: Partial<Record<JobView['phase'], number>> = {
  training: 0,
  uploading: 1,
  waiting: 1,
  writing: 1,
};

/** Number of rounds behind, with the share of the one that is being played: 3.5 is half through round 4. */
export function roundsBehind(
  job: Pick<JobView, 'kind' | 'phase' | 'fraction' | 'round'>,
  heard: number,
): number {
  const round = Math.max(1, job.round ?? heard);
  const trained = job.kind === 'train' && job.phase === 'training' ? job.fraction : 0;
  return round - 1 + (behind[job.phase] ?? 0) + trained;
}

/** Least rounds and time seen: less says nothing about the pace. */
const least = { rounds: 1, milliseconds: 2000 };
/** Number of newest rounds that the pace is taken from, as stages differ. */
const memory = 5;

/** Pace of the rounds as they go by, and with it the time that all of them still need. */
export class Pace {
  #seen: { readonly rounds: number; readonly at: number }[] = [];

  /**
   * Notes the progress: `rounds` from `roundsBehind`, `at` in milliseconds. Between two jobs of a round it may seem to
   * fall back for a moment; falling back by a whole round begins anew.
   * @returns the rounds behind, without such moments
   */
  observe(rounds: number, at: number): number {
    const last = this.#seen.at(-1);
    if (last && rounds <= last.rounds - 1) this.#seen = [];
    else if (last && rounds <= last.rounds) return last.rounds;
    this.#seen.push({ rounds, at });
    while (this.#seen.length > 2 && this.#seen[1]!.rounds < rounds - memory) this.#seen.shift();
    return rounds;
  }

  /** Seconds until `total` rounds are behind; undefined while too little was seen. */
  remainingSeconds(total: number): number | undefined {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last) return undefined;
    const rounds = last.rounds - first.rounds;
    const milliseconds = last.at - first.at;
    if (rounds < least.rounds || milliseconds < least.milliseconds) return undefined;
    return ((total - last.rounds) * milliseconds) / rounds / 1000;
  }
}
