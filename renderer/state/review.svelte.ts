import type { PartDecision, ReviewItem, ReviewPart, ReviewQueue } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';

/** Reasons for which a reconstruction is flagged or rejected, as they stand in the log. */
export const decisionReasons = [
  'wrong-shape',
  'details-missing',
  'contradicts-measurement',
  'wrong-kind',
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

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
  /** The reason that goes with the next flag or reject. */
  reason = $state<DecisionReason | null>(null);
  #modality: string | undefined;
  /** Key of the part that the choices were made for. */
  #shown: string | undefined;
  /** True while a decision is on its way: a second press must not count for a part nobody has seen. */
  #deciding = false;
  #decided: ReviewItem[] = [];
  readonly #parts = new Map<string, Promise<ReviewPart>>();

  get item(): ReviewItem | undefined {
    return this.queue?.items[this.index];
  }

  /** True while the part on show is not yet that of its place in the queue. */
  get isLoading(): boolean {
    return this.item !== undefined && this.part?.part !== this.item.part;
  }

  /** Chooses a reason, or takes the choice back. */
  toggleReason(reason: DecisionReason): void {
    this.reason = this.reason === reason ? null : reason;
  }

  /** Reads the queue anew; stays at the part on show where it still is in the queue. */
  async load(modality = this.#modality): Promise<void> {
    this.#modality = modality;
    const queue = await notices.during(() =>
      call('review.queue', { ...(modality ? { modality } : {}), undecidedOnly: this.undecidedOnly }),
    );
    if (!queue) return;
    const stay = queue.items.findIndex(({ part }) => part === this.item?.part);
    this.#parts.clear();
    this.queue = queue;
    await this.show(Math.max(0, stay));
  }

  /** Forgets everything that was read: whoever works here now may not see it. */
  forget(): void {
    this.#parts.clear();
    this.#decided = [];
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
    }
    const part = await notices.during(() => this.#fetch(item));
    if (part && this.item === item) this.part = part;
    const next = this.queue?.items[index + 1];
    if (next) this.#fetch(next).catch(() => this.#parts.delete(key(next)));
  }

  async move(step: 1 | -1): Promise<void> {
    const target = this.index + step;
    if (target >= 0 && target < (this.queue?.items.length ?? 0)) await this.show(target);
  }

  /** Decides about the part on show, with the chosen reason unless it is accepted, and goes on to the next. */
  async decide(decision: PartDecision): Promise<void> {
    const item = this.item;
    if (!item || this.isLoading || this.#deciding) return;
    const reason = decision === 'accept' ? '' : (this.reason ?? '');
    if (!(await this.#send(item, decision, reason))) return;
    this.#decided.push(item);
    await this.move(1);
  }

  /** Takes the last decision back and shows that part again; without one, the decision of the part on show. */
  async undo(): Promise<void> {
    if (this.#deciding) return;
    const last = this.#decided.pop() ?? this.item;
    const index = this.queue?.items.findIndex((item) => last && key(item) === key(last)) ?? -1;
    const item = this.queue?.items[index];
    if (!item || item.decision === null) return;
    if (await this.#send(item, null, '')) await this.show(index);
  }

  async #send(item: ReviewItem, decision: PartDecision | null, reason: string): Promise<boolean> {
    const { part, modality } = item;
    this.#deciding = true;
    const answer = await notices.during(() => call('review.decide', { part, modality, decision, reason }));
    this.#deciding = false;
    if (!answer || !this.queue) return false;
    const now = answer.decision?.decision ?? null;
    const change = Number(now !== null) - Number(item.decision !== null);
    this.#parts.set(key(item), Promise.resolve(answer));
    this.queue = {
      ...this.queue,
      decided: this.queue.decided + change,
      items: this.queue.items.map((other) =>
        key(other) === key(item) ? { ...other, decision: now } : other,
      ),
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
