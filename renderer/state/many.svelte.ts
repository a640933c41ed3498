import type { ReviewItem, ReviewQueue, Thumbnail } from '../../main/api/views.ts';
import { call, listen } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';
import { review } from './review.svelte.ts';

/** Parts of a page. */
const partsAtOnce = 48;

/** Many parts of the queue at once: a page of them, and those that a person chose, on whatever page they are. */
class Many {
  page = $state.raw<ReviewQueue | null>(null);
  thumbnails = $state.raw<ReadonlyMap<number, Thumbnail>>(new Map());
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  /** Place in the page of the part that keys act on. */
  cursor = $state(0);
  /** Where a range of chosen parts begins. */
  #anchor = 0;
  /** Counts readings: one that comes after a later one is not shown. */
  #asked = 0;
  /** The modality that parts were chosen of. */
  #modality = '';

  constructor() {
    listen((event) => {
      if (event.type === 'decided') this.#update([event.item.part], event.item, event.item.decision);
      if (event.type === 'decided-together') this.#update(event.parts, event, event.decision);
    });
  }

  get items(): readonly ReviewItem[] {
    return this.page?.items ?? [];
  }

  #update(
    parts: readonly number[],
    { modality }: { modality: string },
    decision: ReviewItem['decision'],
  ): void {
    const { page } = this;
    if (page?.modality !== modality) return;
    const decided = new Set(parts);
    const items = page.items.map((item) => (decided.has(item.part) ? { ...item, decision } : item));
    this.page = { ...page, items };
  }

  /** Reads the page that the part on show is on, or that a place leads to. */
  async load(from: { after: string } | { before: string } | { at?: number } = {}): Promise<void> {
    const { queue, undecidedOnly, filter } = review;
    if (!queue) return;
    const asked = ++this.#asked;
    const { modality } = queue;
    const page = await notices.during(() =>
      call('review.queue', { modality, undecidedOnly, filter, limit: partsAtOnce, ...from }),
    );
    if (!page || asked !== this.#asked) return;
    if (modality !== this.#modality) this.chosen = new Set();
    this.#modality = modality;
    this.page = page;
    this.cursor = 'at' in from ? page.at : 'before' in from ? Math.max(0, page.items.length - 1) : 0;
    this.#anchor = this.cursor;
    if (page.items.length === 0) return;
    const parts = page.items.map(({ part }) => part);
    const found = await notices.during(() => call('review.thumbnails', { modality, parts }));
    if (found && asked === this.#asked) this.thumbnails = new Map(found.map((one) => [one.part, one]));
  }

  async turn(side: 'next' | 'previous'): Promise<void> {
    const place = this.page?.[side];
    if (place) await this.load(side === 'next' ? { after: place } : { before: place });
  }

  /** Moves what keys act on; as a range everything from where the range began is chosen. */
  move(to: number, isRange: boolean): void {
    this.cursor = Math.max(0, Math.min(this.items.length - 1, to));
    if (isRange) this.#chooseRange();
    else this.#anchor = this.cursor;
  }

  /** Chooses a part or lets it go; as a range all from where the range began. */
  toggle(place: number, isRange: boolean): void {
    this.cursor = place;
    const item = this.items[place];
    if (isRange) this.#chooseRange();
    if (isRange || !item) return;
    this.#anchor = place;
    const chosen = new Set(this.chosen);
    if (!chosen.delete(item.part)) chosen.add(item.part);
    this.chosen = chosen;
  }

  #chooseRange(): void {
    const [first, last] = [Math.min(this.#anchor, this.cursor), Math.max(this.#anchor, this.cursor)];
    this.chosen = new Set([...this.chosen, ...this.items.slice(first, last + 1).map(({ part }) => part)]);
  }

  choosePage(): void {
    this.chosen = new Set([...this.chosen, ...this.items.map(({ part }) => part)]);
  }

  chooseNone(): void {
    this.chosen = new Set();
  }

  /** Forgets everything that was read: whoever works here now may not see it. */
  forget(): void {
    this.#asked++;
    this.page = null;
    this.thumbnails = new Map();
    this.chosen = new Set();
  }
}

export const many = new Many();
