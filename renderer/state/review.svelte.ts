import type { WorkstationEvent } from '../../main/api/contract.ts';
import type { QueueFilter } from '../../main/api/queue-filter.ts';
import type {
  FoundWhere,
  PartDecision,
  QueueCounters,
  ReviewItem,
  ReviewPart,
  ReviewQueue,
} from '../../main/api/views.ts';
import { call, listen, whenLost } from '../bridge/client.ts';
import {
  type BulkStep,
  type Decided,
  DecisionHistory,
  type DecisionStep,
  type Made,
} from './decision-history.ts';
import { type DecisionReason, writtenReason } from './decision-reason.ts';
import { Lens } from './lens.svelte.ts';
import { notices } from './notices.svelte.ts';

/** What undoing or redoing has just done, for the person to read. */
interface Said {
  readonly what: 'undone' | 'redone';
  /** Name of the part; of many at once their number. */
  readonly of: string | number;
  readonly before: Made;
  readonly after: Made;
}

/** Items that are asked for at once; the next ones are asked for when so few are left. */
const [itemsAtOnce, fewLeft] = [60, 15];

/**
 * State of Review: a stretch of the queue and where the person is in it. It outlives the page, so one returns to the same part.
 * Decisions reach it one by one, whoever makes them; it reads the queue anew only where another one is shown.
 */
class Review {
  queue = $state.raw<ReviewQueue | null>(null);
  /** Place of the part on show in the stretch. */
  index = $state(0);
  part = $state.raw<ReviewPart | null>(null);
  undecidedOnly = $state(false);
  /** Whether one part is looked at, or many at once. */
  view = $state<'one' | 'many'>('one');
  /** What reconstructions have to be to be shown. */
  filter = $state.raw<QueueFilter>({});
  overlay = $state(false);
  opacity = $state(0.7);
  /** True while the measurement is shown in the reconstruction's place. */
  flipped = $state(false);
  /** How the picture is looked at, and all that are compared with it. */
  readonly lens = new Lens();
  /** The reason that goes with the next flag or reject. */
  reason = $state<DecisionReason | null>(null);
  /** Words of the person's own that go with the next decision. */
  comment = $state('');
  /** What was undone or redone last; null once something else was done. */
  said = $state.raw<Said | null>(null);
  #modality: string | undefined;
  /** Key of the part that the choices were made for. */
  #shown: string | undefined;
  /** True while a decision is on its way: a second press must not count for a part nobody has seen. */
  #deciding = false;
  /** The newest reading of the queue: whoever waits for an older one gets the answer to this. */
  #reading: Promise<ReviewQueue | undefined> = Promise.resolve(undefined);
  /** The stretch before or after that is being asked for. */
  #extending: Promise<void> | undefined;
  /** True once the line to the workstation was broken: decisions may have gone unheard. */
  #mayHaveMissed = false;
  readonly #history = new DecisionHistory<DecisionStep | BulkStep>();
  readonly #parts = new Map<string, Promise<ReviewPart>>();

  constructor() {
    listen((event) => {
      if (event.type === 'decided') this.#heard(event.item, event.counters);
      if (event.type === 'decided-together') this.#heardTogether(event);
      if (this.#mayHaveMissed && this.queue) this.refresh();
    });
    whenLost(() => {
      this.#mayHaveMissed = true;
    });
  }

  get item(): ReviewItem | undefined {
    return this.queue?.items[this.index];
  }

  /** Place of the part on show in the whole queue, counted from 0. */
  get place(): number {
    return (this.queue?.first ?? 0) + this.index;
  }

  /** True while the part on show is not yet that of its place in the queue. */
  get isLoading(): boolean {
    return this.item !== undefined && (!this.part || key(this.part) !== key(this.item));
  }

  /** Shows many parts at once, or one. */
  turnView(): void {
    this.view = this.view === 'one' ? 'many' : 'one';
  }

  /** Chooses a reason, or takes the choice back. */
  toggleReason(reason: DecisionReason): void {
    this.reason = this.reason === reason ? null : reason;
  }

  /** Reads a queue as the person wants it now; stays at the part on show where it is in it, or else at what follows. */
  async load(modality = this.#modality, at = this.item?.part): Promise<void> {
    this.#modality = modality;
    const queue = await this.#read(at);
    if (queue) await this.#take(queue);
  }

  get isFiltered(): boolean {
    return Object.keys(this.filter).length > 0;
  }

  /** Shows what a filter leaves of the queue; without one all of it. */
  async narrow(filter: QueueFilter, undecidedOnly = this.undecidedOnly): Promise<void> {
    this.filter = filter;
    // Of what was decided nothing is among the undecided.
    const asksDecided =
      filter.decisions && !filter.decisions.some((one) => one === 'again' || one === 'none');
    const isOfDecision = filter.by !== undefined || filter.since !== undefined || filter.until !== undefined;
    this.undecidedOnly = undecidedOnly && !asksDecided && !isOfDecision;
    await this.load();
  }

  /** Reads the queue anew where it is another one than the workstation tells of. */
  async follow(revision: string | undefined): Promise<void> {
    if (this.queue?.revision !== revision) await this.refresh();
  }

  /**
   * Reads the queue anew because something has changed. Whoever is at a part stays at it, with all that was entered, even
   * where it has left the queue meanwhile: only the person goes on.
   */
  async refresh(): Promise<void> {
    this.#mayHaveMissed = false;
    const queue = await this.#read(this.item?.part);
    if (!queue) return;
    const { item } = this;
    const isSame = item && item.modality === queue.modality;
    if (!isSame || queue.items.some((other) => key(other) === key(item))) return this.#take(queue);
    const { part, modality } = item;
    const view = await call('review.part', { part, modality }).catch(() => undefined);
    if (!view || this.item !== item) return this.#take(queue);
    const kept = { ...item, decision: view.decision?.decision ?? null, earlier: view.earlier };
    const items = queue.items.toSpliced(queue.at, 0, kept);
    await this.#take({ ...queue, items, length: queue.length + 1 });
  }

  /** Reads the queue, by the newest reading where it was begun again meanwhile; undefined where that failed. */
  async #read(at: number | undefined): Promise<ReviewQueue | undefined> {
    const own = notices.during(() =>
      call('review.queue', { ...this.#wanted, ...(at !== undefined && { at }) }),
    );
    this.#reading = own;
    let queue = await own;
    for (let newest = own; newest !== this.#reading; ) {
      newest = this.#reading;
      queue = await newest;
    }
    return queue;
  }

  get #wanted() {
    const modality = this.#modality;
    const { undecidedOnly, filter } = this;
    return { ...(modality ? { modality } : {}), undecidedOnly, filter, limit: itemsAtOnce };
  }

  async #take(queue: ReviewQueue): Promise<void> {
    const stay = queue.items.findIndex((other) => this.item && key(other) === key(this.item));
    const place = stay >= 0 ? stay : Math.min(queue.at, queue.items.length - 1);
    this.#parts.clear();
    this.queue = queue;
    await this.show(Math.max(0, place));
  }

  /** Forgets everything that was read: whoever works here now may not see it. */
  forget(): void {
    this.#reading = Promise.resolve(undefined);
    this.#parts.clear();
    this.#history.clear();
    this.said = null;
    this.queue = null;
    this.part = null;
    ahead = [];
  }

  /** Shows the part at a place of the stretch, and fetches the next one ahead. */
  async show(index: number): Promise<void> {
    const item = this.queue?.items[index];
    if (!item) {
      this.part = null;
      return;
    }
    const isAnother = key(item) !== this.#shown;
    this.#shown = key(item);
    this.index = index;
    // What a person has chosen depends on the part alone: the queue, read anew, does not touch it.
    if (isAnother) {
      this.flipped = false;
      this.reason = null;
      this.comment = '';
      this.lens.reset();
    }
    const part = await notices.during(() => this.#fetch(item));
    if (part && this.item && key(this.item) === key(item)) this.part = part;
    const next = this.queue?.items[this.index + 1];
    if (next) this.#fetch(next).catch(() => {});
    const { items = [] } = this.queue ?? {};
    if (items.length - this.index <= fewLeft) this.#extend('next').catch(() => {});
    else if (this.index <= fewLeft) this.#extend('previous').catch(() => {});
  }

  async move(step: 1 | -1): Promise<void> {
    const isThere = () => this.queue?.items[this.index + step] !== undefined;
    // The other side may be on its way: then this one is asked for after it.
    for (let asked = 0; asked < 2 && !isThere(); asked++)
      await notices.during(() => this.#extend(step === 1 ? 'next' : 'previous'));
    if (isThere()) await this.show(this.index + step);
  }

  /** Adds the stretch after or before the one that is here, unless it is the end of the queue. */
  #extend(side: 'next' | 'previous'): Promise<void> {
    const { queue } = this;
    const from = queue?.[side];
    if (!queue || !from) return Promise.resolve();
    this.#extending ??= call('review.queue', {
      ...this.#wanted,
      ...(side === 'next' ? { after: from } : { before: from }),
    })
      .then((page) => {
        // Another queue, or another part of it, may be on show by now.
        const now = this.queue;
        if (now?.[side] !== from || now.modality !== page.modality || now.revision !== page.revision) return;
        this.#join(now, page, side);
      })
      .finally(() => {
        this.#extending = undefined;
      });
    return this.#extending;
  }

  #join(now: ReviewQueue, page: ReviewQueue, side: 'next' | 'previous'): void {
    const isNext = side === 'next';
    const known = new Set(now.items.map(key));
    const fresh = page.items.filter((item) => !known.has(key(item)));
    const items = isNext ? [...now.items, ...fresh] : [...fresh, ...now.items];
    const added = isNext ? 0 : fresh.length;
    const index = this.index + added;
    const first = now.first - added;
    this.queue = { ...now, items, first, [side]: page[side] };
    this.index = index;
  }

  /** Decides about the part on show, with the chosen reason unless it is accepted, and goes on to the next. */
  async decide(decision: PartDecision): Promise<void> {
    const { part } = this;
    if (!part || this.isLoading || this.#deciding) return;
    const reason = decision === 'accept' ? null : this.reason;
    const after = { decision, reason: writtenReason({ reason, comment: this.comment }) };
    const before = part.decision;
    if (!(await this.#send(part, after))) return;
    this.#history.add({ of: part, before, after });
    this.said = null;
    await this.move(1);
    // At the end of the queue the same part stays on show, as it stands now.
    if (this.part === part) await this.show(this.index);
  }

  /**
   * Takes the last decision back, in whatever queue it was made, and shows that part as it was before; without one, the
   * decision of the part on show.
   */
  async undo(): Promise<void> {
    const { part } = this;
    if (this.#deciding) return;
    const known = this.#history.toUndo;
    if (known && 'bulk' in known) return this.#turnBulk(known, false);
    if (!known && (!part?.decision || this.isLoading)) return;
    const step = known ?? { of: part!, before: null, after: part!.decision };
    if (!(await this.#send(step.of, step.before))) return this.#history.drop(step);
    if (!known) this.#history.add(step);
    this.#history.undone();
    this.said = { what: 'undone', of: step.of.id, before: step.after, after: step.before };
    await this.#goTo(step.of);
  }

  /** Makes the decision again that was taken back last. */
  async redo(): Promise<void> {
    const step = this.#history.toRedo;
    if (!step || this.#deciding) return;
    if ('bulk' in step) return this.#turnBulk(step, true);
    if (!(await this.#send(step.of, step.after))) return this.#history.drop(step);
    this.#history.redone();
    this.said = { what: 'redone', of: step.of.id, before: step.before, after: step.after };
    await this.#goTo(step.of);
  }

  /** Notes that a decision was made on many at once, so that it is taken back at once. */
  decidedTogether(step: BulkStep): void {
    this.#history.add(step);
    this.said = null;
  }

  /** Takes back what was decided at once, or makes it again. */
  async #turnBulk(step: BulkStep, again: boolean): Promise<void> {
    this.#deciding = true;
    const outcome = await notices.during(() => call('review.undoTogether', { bulk: step.bulk, again }));
    this.#deciding = false;
    if (!outcome) return;
    const made: Made = { decision: step.decision, reason: '' };
    const what = again ? 'redone' : 'undone';
    if (again) this.#history.redone({ ...step, bulk: outcome.bulk });
    else this.#history.undone();
    this.said = { what, of: outcome.decided, before: again ? null : made, after: again ? made : null };
  }

  /**
   * Shows the reconstruction of a part that somebody looked for.
   * @param where why the queue on show does not hold it: then one that does is shown
   */
  async jump(to: Pick<ReviewItem, 'part' | 'modality'>, where: FoundWhere): Promise<void> {
    if (where !== 'here') {
      if (where !== 'filtered') this.undecidedOnly = false;
      this.filter = {};
      await this.load(to.modality, to.part);
    }
    await this.#goTo(to);
  }

  /** Shows a part wherever it is; the queue that it is in is read where another is on show, or a stretch without it. */
  async #goTo(of: Pick<Decided, 'part' | 'modality'>): Promise<void> {
    const place = () => this.queue?.items.findIndex((item) => key(item) === key(of)) ?? -1;
    if (place() < 0) await this.load(of.modality, of.part);
    if (place() >= 0) await this.show(place());
  }

  /** Sends what is decided on the reconstruction that was on the screen. @returns whether it was taken */
  async #send(of: Decided, made: Made): Promise<boolean> {
    const { part, modality, reconstruction } = of;
    this.#deciding = true;
    const answer = await notices.during(() =>
      call('review.decide', {
        ...{ part, modality, reconstruction },
        ...(made ? { decision: made.decision, reason: made.reason } : { decision: null }),
      }),
    );
    this.#deciding = false;
    if (!answer) {
      // Refused, perhaps because another reconstruction stands there now: that one is shown.
      await this.refresh();
      return false;
    }
    const { item, decision, counters } = answer;
    const known = this.part && key(this.part) === key(of) ? this.part : undefined;
    if (known) this.#parts.set(key(of), Promise.resolve({ ...known, decision, earlier: item.earlier }));
    else this.#parts.delete(key(of));
    this.#update(item, counters);
    return true;
  }

  /** Takes over what somebody decided, perhaps in another window; the part on show is read anew, and nothing else. */
  async #heard(item: ReviewItem, counters: QueueCounters): Promise<void> {
    if (!this.queue) return;
    this.#update(item, counters);
    if (this.#deciding) return;
    const { part } = this;
    if (!part || key(part) !== key(item)) {
      this.#parts.delete(key(item));
      return;
    }
    if (part.decision?.decision === (item.decision ?? undefined)) return;
    this.#parts.delete(key(item));
    const view = await this.#fetch(item).catch(() => undefined);
    if (view && this.part === part) this.part = view;
  }

  /** Takes over what somebody decided on many at once. */
  async #heardTogether({
    modality,
    parts,
    decision,
    counters,
  }: Extract<WorkstationEvent, { type: 'decided-together' }>): Promise<void> {
    const { queue, part } = this;
    if (!queue || queue.modality !== modality) return;
    const decided = new Set(parts);
    const items = queue.items.map((item) => (decided.has(item.part) ? { ...item, decision } : item));
    this.queue = { ...queue, ...counters, items };
    for (const one of decided) this.#parts.delete(key({ part: one, modality }));
    if (!part || part.modality !== modality || !decided.has(part.part)) return;
    const view = await this.#fetch(part).catch(() => undefined);
    if (view && this.part === part) this.part = view;
  }

  /** Shows an item as it stands now, and the counters of its queue. */
  #update(item: ReviewItem, counters: QueueCounters): void {
    const { queue } = this;
    if (!queue || queue.modality !== item.modality) return;
    const place = queue.items.findIndex((other) => key(other) === key(item));
    const items = place < 0 ? queue.items : queue.items.with(place, item);
    this.queue = { ...queue, ...counters, items };
  }

  #fetch(item: Pick<ReviewItem, 'part' | 'modality'>): Promise<ReviewPart> {
    const { part, modality } = item;
    const known = this.#parts.get(key(item));
    if (known) return known;
    const fetched = call('review.part', { part, modality }).then((view) => {
      preload(view);
      return view;
    });
    this.#parts.set(key(item), fetched);
    // What failed is asked for again when it is wanted again.
    fetched.catch(() => this.#parts.delete(key(item)));
    return fetched;
  }
}

function key({ part, modality }: { part: number; modality: string }): string {
  return `${part}/${modality}`;
}

/** Images fetched ahead: the browser keeps them ready for as long as somebody holds them. */
let ahead: HTMLImageElement[] = [];

/** Lets the browser fetch a part's images before they are shown. */
function preload(view: ReviewPart): void {
  const values = [...view.measured.map(({ value }) => value), view.reconstructed];
  const sources = values.flatMap((value) => ('src' in value ? [value.src] : []));
  if (view.uncertainty) sources.push(view.uncertainty.src);
  const images = sources.map((source) => Object.assign(new Image(), { src: source }));
  ahead = [...images, ...ahead].slice(0, 12);
}

export const review = new Review();
