import type { QueueFilter } from '../../main/api/queue-filter.ts';
import type { ImportView, KeptView } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';
import { review } from './review.svelte.ts';

type Verdict = NonNullable<QueueFilter['verdicts']>[number];
type Decision = NonNullable<QueueFilter['decisions']>[number];

/** Imports to choose from: the newest. */
const importsAtOnce = 200;
const day = 86_400_000;

/** A filter while a person makes it, and what it can be made of at this plant. */
class FilterDraft {
  open = $state(false);
  verdicts = $state<Verdict[]>([]);
  decisions = $state<Decision[]>([]);
  /** In percent; '' where there is no such limit. */
  from = $state<number | null>(null);
  to = $state<number | null>(null);
  by = $state('');
  /** Days as a date field has them, both included; '': none. */
  since = $state('');
  until = $state('');
  /** 0: all. */
  import = $state(0);
  people = $state.raw<readonly string[]>([]);
  kept = $state.raw<readonly KeptView[]>([]);
  imports = $state.raw<readonly ImportView[]>([]);

  /** Opens the filter that is in use to be changed. */
  async begin(): Promise<void> {
    this.#take(review.filter);
    this.open = true;
    await this.read();
  }

  /** Reads who decided here, which views are kept, and which imports there are. */
  async read(): Promise<void> {
    const [views, page] = await Promise.all([
      notices.during(() => call('review.views', {})),
      notices.during(() => call('data.imports', { limit: importsAtOnce })),
    ]);
    if (views) Object.assign(this, views);
    if (page) this.imports = page.imports;
  }

  #take(filter: QueueFilter): void {
    this.verdicts = [...(filter.verdicts ?? [])];
    this.decisions = [...(filter.decisions ?? [])];
    this.from = percentOf(filter.from);
    this.to = percentOf(filter.to);
    this.by = filter.by ?? '';
    this.since = filter.since ? dayOf(Date.parse(filter.since)) : '';
    this.until = filter.until ? dayOf(Date.parse(filter.until) - day / 2) : '';
    this.import = filter.import ?? 0;
  }

  /** The filter as it is set. */
  get filter(): QueueFilter {
    const { verdicts, decisions, from, to, by, since, until } = this;
    return {
      ...(verdicts.length > 0 && { verdicts }),
      ...(decisions.length > 0 && { decisions }),
      ...(from !== null && { from: from / 100 }),
      ...(to !== null && { to: to / 100 }),
      ...(by !== '' && { by }),
      ...(since !== '' && { since: startOf(since, 0) }),
      ...(until !== '' && { until: startOf(until, 1) }),
      ...(this.import !== 0 && { import: this.import }),
    };
  }

  async apply(): Promise<void> {
    this.open = false;
    await review.narrow($state.snapshot(this.filter) as QueueFilter);
  }

  async show({ filter, undecidedOnly }: KeptView): Promise<void> {
    this.open = false;
    await review.narrow(filter, undecidedOnly);
  }

  /** Keeps what is set under a name. @returns whether it was kept */
  async keep(name: string): Promise<boolean> {
    const view = {
      undecidedOnly: review.undecidedOnly,
      filter: $state.snapshot(this.filter) as QueueFilter,
    };
    const views = await notices.during(() => call('review.keepView', { name, view }));
    if (views) Object.assign(this, views);
    return views !== undefined;
  }

  async forget(name: string): Promise<void> {
    const views = await notices.during(() => call('review.keepView', { name, view: null }));
    if (views) Object.assign(this, views);
  }
}

function percentOf(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 1000) / 10;
}

/** The moment that a day begins here, or one of the days after it. */
function startOf(date: string, later: number): string {
  const [year, month, ofMonth] = date.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, ofMonth + later).toISOString();
}

/** The day here of a moment, as a date field has it. */
function dayOf(moment: number): string {
  const at = new Date(moment);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export const filterDraft = new FilterDraft();
