import type { PartDecision, ReviewItem, ReviewPart, ReviewQueue } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { type Decided, DecisionHistory, type Made } from './decision-history.ts';
import { Lens } from './lens.svelte.ts';
import { notices } from './notices.svelte.ts';

/** Reasons for which a reconstruction is flagged or rejected, as they stand in the log. */
export const decisionReasons = [
  'wrong-shape',
  'details-missing',
  'contradicts-measurement',
  'wrong-kind',
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

/** What undoing or redoing has just done, for the person to read. */
interface Said {
  readonly what: 'undone' | 'redone';
  readonly id: string;
  readonly before: Made;
  readonly after: Made;
}

/** State of Review: the queue and where the person is in it. It outlives the page, so one returns to the same part. */
class Review {
  queue = $state.raw<ReviewQueue | null>(null);
  index = $state(0);
  part = $state.raw<ReviewPart | null>(null);
  undecidedOnly = $state(false);
  overlay = $state(false);
  opacity = $state(0.7);
  /** True while the measurement is shown in the reconstruction's place. */
  flipped = $state(false);
  /** How the picture is looked at, and all that are compared with it. */
  readonly lens = new Lens();
  /** The reason that goes with the next flag or reject. */
  reason = $state<DecisionReason | null>(null);
  /** What was undone or redone last; null once something else was done. */
  said = $state.raw<Said | null>(null);
  #modality: string | undefined;
  /** Key of the part that the choices were made for. */
  #shown: string | undefined;
  /** True while a decision is on its way: a second press must not count for a part nobody has seen. */
  #deciding = false;
  /** The newest reading of the queue: whoever waits for an older one gets the answer to this. */
  #reading: Promise<ReviewQueue | undefined> = Promise.resolve(undefined);
  readonly #history = new DecisionHistory();
  readonly #parts = new Map<string, Promise<ReviewPart>>();

  get item(): ReviewItem | undefined {
    return this.queue?.items[this.index];
  }

  /** True while the part on show is not yet that of its place in the queue. */
  get isLoading(): boolean {
    return this.item !== undefined && (!this.part || key(this.part) !== key(this.item));
  }

  /** Chooses a reason, or takes the choice back. */
  toggleReason(reason: DecisionReason): void {
    this.reason = this.reason === reason ? null : reason;
  }

  /** Reads a queue as the person wants it now; stays at the part on show where it is in it. */
  async load(modality = this.#modality): Promise<void> {
    this.#modality = modality;
    const queue = await this.#read();
    if (queue) await this.#take(queue);
  }

  /**
   * Reads the queue anew because something has changed. Whoever is at a part stays at it, with all that was entered, even
   * where it has left the queue meanwhile: only the person goes on.
   */
  async refresh(): Promise<void> {
    const queue = await this.#read();
    if (!queue) return;
    const { item } = this;
    const isSame = item && item.modality === queue.modality;
    if (!isSame || queue.items.some((other) => key(other) === key(item))) return this.#take(queue);
    const { part, modality } = item;
    const view = await call('review.part', { part, modality }).catch(() => undefined);
    if (!view || this.item !== item) return this.#take(queue);
    const place = Math.min(this.index, queue.items.length);
    const kept = { ...item, decision: view.decision?.decision ?? null, earlier: view.earlier };
    await this.#take({ ...queue, items: queue.items.toSpliced(place, 0, kept) });
  }

  /** Reads the queue, by the newest reading where it was begun again meanwhile; undefined where that failed. */
  async #read(): Promise<ReviewQueue | undefined> {
    const modality = this.#modality;
    const own = notices.during(() =>
      call('review.queue', { ...(modality ? { modality } : {}), undecidedOnly: this.undecidedOnly }),
    );
    this.#reading = own;
    let queue = await own;
    for (let newest = own; newest !== this.#reading; ) {
      newest = this.#reading;
      queue = await newest;
    }
    return queue;
  }

  async #take(queue: ReviewQueue): Promise<void> {
    const stay = queue.items.findIndex((other) => this.item && key(other) === key(this.item));
    this.#parts.clear();
    this.queue = queue;
    await this.show(Math.max(0, stay));
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

  /** Shows the part at a place of the queue, and fetches the next one ahead. */
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
      this.lens.reset();
    }
    const part = await notices.during(() => this.#fetch(item));
    if (part && this.item && key(this.item) === key(item)) this.part = part;
    const next = this.queue?.items[index + 1];
    if (next) this.#fetch(next).catch(() => {});
  }

  async move(step: 1 | -1): Promise<void> {
    const target = this.index + step;
    if (target >= 0 && target < (this.queue?.items.length ?? 0)) await this.show(target);
  }

  /** Decides about the part on show, with the chosen reason unless it is accepted, and goes on to the next. */
  async decide(decision: PartDecision): Promise<void> {
    const { part } = this;
    if (!part || this.isLoading || this.#deciding) return;
    const after = { decision, reason: decision === 'accept' ? '' : (this.reason ?? '') };
    const before = part.decision;
    if (!(await this.#send(part, after))) return;
    this.#history.add({ of: part, before, after });
    this.said = null;
    await this.move(1);
  }

  /**
   * Takes the last decision back, in whatever queue it was made, and shows that part as it was before; without one, the
   * decision of the part on show.
   */
  async undo(): Promise<void> {
    const { part } = this;
    if (this.#deciding) return;
    const known = this.#history.toUndo;
    if (!known && (!part?.decision || this.isLoading)) return;
    const step = known ?? { of: part!, before: null, after: part!.decision };
    if (!(await this.#send(step.of, step.before))) return this.#history.drop(step);
    if (!known) this.#history.add(step);
    this.#history.undone();
    this.said = { what: 'undone', id: step.of.id, before: step.after, after: step.before };
    await this.#goTo(step.of);
  }

  /** Makes the decision again that was taken back last. */
  async redo(): Promise<void> {
    const step = this.#history.toRedo;
    if (!step || this.#deciding) return;
    if (!(await this.#send(step.of, step.after))) return this.#history.drop(step);
    this.#history.redone();
    this.said = { what: 'redone', id: step.of.id, before: step.before, after: step.after };
    await this.#goTo(step.of);
  }

  /** Shows a part wherever it is; the queue that it is in is read where another is on show, or one without it. */
  async #goTo(of: Decided): Promise<void> {
    const place = () => this.queue?.items.findIndex((item) => key(item) === key(of)) ?? -1;
    if (place() < 0) await this.load(of.modality);
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
    this.#parts.set(key(of), Promise.resolve(answer));
    const now = { decision: answer.decision?.decision ?? null, earlier: answer.earlier };
    const item = this.queue?.items.find((other) => key(other) === key(of));
    if (!this.queue || !item) return true;
    this.queue = {
      ...this.queue,
      decided: this.queue.decided + Number(now.decision !== null) - Number(item.decision !== null),
      again: this.queue.again + Number(now.earlier !== null) - Number(item.earlier !== null),
      items: this.queue.items.map((other) => (key(other) === key(of) ? { ...other, ...now } : other)),
    };
    return true;
  }

  #fetch(item: ReviewItem): Promise<ReviewPart> {
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
