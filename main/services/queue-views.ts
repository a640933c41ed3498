import { FedReconError } from '../../protocol/errors.ts';
import type { Api } from '../api/contract.ts';
import type { KeptView, QueueViews } from '../api/views.ts';
import { type Context, settingNames } from './context.ts';

/** Views that one station keeps: a list that a person finds something in. */
const keptAtMost = 50;

const day = 86_400_000;

/** Service of what is said of a queue as a whole: who decided when, and views that were kept under a name. */
export function queueViews({
  store,
}: Pick<Context, 'store'>): Pick<Api, 'review.views' | 'review.keepView' | 'review.progress'> {
  const keptViews = () => store.settings.get<KeptView[]>(settingNames.queueViews) ?? [];
  const shown = (): QueueViews => ({ people: store.decisions.people(), kept: keptViews() });
  return {
    'review.progress': async ({ days }) =>
      store.decisions
        .byHour(new Date(Date.now() - days * day).toISOString().slice(0, 13))
        .map(({ hour, ...row }) => ({ at: `${hour}:00:00.000Z`, ...row })),
    'review.views': async () => shown(),
    'review.keepView': async ({ name, view }) => {
      const others = keptViews().filter((one) => one.name !== name);
      if (view && others.length >= keptAtMost) throw new FedReconError('views-full', { most: keptAtMost });
      const kept = [...others, ...(view ? [{ name, ...view }] : [])];
      store.settings.set(
        settingNames.queueViews,
        kept.sort((one, other) => one.name.localeCompare(other.name)),
      );
      return shown();
    },
  };
}
