import { FedReconError } from '../../protocol/errors.ts';
import type { Api } from '../api/contract.ts';
import type { KeptView, QueueViews } from '../api/views.ts';
import { type Context, settingNames } from './context.ts';

/** Views that one station keeps: a list that a person finds something in. */
const keptAtMost = 50;

/** Service of what a queue is filtered by: people who decided, and views that were kept under a name. */
export function queueViews({ store }: Pick<Context, 'store'>): Pick<Api, 'review.views' | 'review.keepView'> {
  const keptViews = () => store.settings.get<KeptView[]>(settingNames.queueViews) ?? [];
  const shown = (): QueueViews => ({ people: store.decisions.people(), kept: keptViews() });
  return {
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
