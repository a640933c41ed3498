import type { WorkstationState } from '../../main/api/views.ts';
import type { Messages } from '../i18n/en.ts';

/** Something that a person wants to hear of while looking elsewhere. */
export type News =
  | { readonly is: 'round-done'; readonly rounds: number }
  | { readonly is: 'to-review'; readonly parts: number }
  | { readonly is: 'to-sign'; readonly version: number };

type Told = Pick<WorkstationState, 'federation' | 'reconstructed' | 'adoption'>;

/** News between two snapshots of a workstation; none from the first, which tells how it stands. */
export function newsBetween(before: Told | undefined, after: Told): News[] {
  if (!before) return [];
  const news: News[] = [];
  const rounds = after.federation?.contributedRounds ?? 0;
  if (before.federation && rounds > before.federation.contributedRounds)
    news.push({ is: 'round-done', rounds });
  const made = after.reconstructed;
  if (made && made.parts > 0 && made.at !== before.reconstructed?.at)
    news.push({ is: 'to-review', parts: made.parts });
  const pending = after.adoption.pending;
  if (pending?.state === 'evaluated' && pending.version !== before.adoption.pending?.version)
    news.push({ is: 'to-sign', version: pending.version });
  return news;
}

/** The same in words. */
export function newsInWords(news: News, t: Messages['settings']['news']): string {
  switch (news.is) {
    case 'round-done':
      return t.roundDone(news.rounds);
    case 'to-review':
      return t.toReview(news.parts);
    case 'to-sign':
      return t.toSign(news.version);
  }
}
