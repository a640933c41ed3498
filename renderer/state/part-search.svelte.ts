import type { FoundPart } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { latest } from './latest.ts';
import { notices } from './notices.svelte.ts';
import { review } from './review.svelte.ts';
import { type PartAddress, readPartFragment } from './route.svelte.ts';

/** Search for a part by its name, and the way to it. */
class PartSearch {
  open = $state(false);
  text = $state('');
  /** What was found; null until something was looked for. */
  found = $state.raw<readonly FoundPart[] | null>(null);
  /** Place of the chosen part among those found. */
  chosen = $state(0);
  /** The text that `found` is the answer to. */
  #answered = '';
  #ask = latest(async (text: string) => {
    const modality = review.queue?.modality;
    if (modality === undefined) return;
    const { undecidedOnly, filter } = review;
    const found = await notices.during(() => call('review.find', { modality, text, undecidedOnly, filter }));
    if (!found || text !== this.text.trim()) return;
    this.#answered = text;
    this.found = found;
    this.chosen = 0;
    if (this.#goesTo === text) await this.go();
  });
  /** The text whose first part is gone to once it is found: Enter was pressed before the answer came. */
  #goesTo = '';

  begin(): void {
    this.text = '';
    this.found = null;
    this.open = true;
  }

  /** Looks for what is written now; a link to a part is followed. */
  look(): void {
    this.#goesTo = '';
    const text = this.text.trim();
    const linked = readPartFragment(text.slice(Math.max(0, text.indexOf('#'))));
    if (linked) {
      this.open = false;
      this.follow(linked);
    } else if (text === '') this.found = null;
    else this.#ask(text);
  }

  /** True while what was found is what is written. */
  get isCurrent(): boolean {
    return this.found !== null && this.#answered === this.text.trim();
  }

  /** Goes to the chosen part, at once or when what is written is found. */
  async enter(): Promise<void> {
    if (this.isCurrent) await this.go();
    else this.#goesTo = this.text.trim();
  }

  choose(step: 1 | -1): void {
    const last = (this.found?.length ?? 1) - 1;
    this.chosen = Math.min(last, Math.max(0, this.chosen + step));
  }

  /** Goes to a part that was found, where something can be shown of it. */
  async go(part = this.found?.[this.chosen]): Promise<void> {
    if (!part || part.modality === null) return;
    this.open = false;
    await review.jump({ part: part.part, modality: part.modality }, part.where);
  }

  /** Goes to the part that an address leads to, or shows why that cannot be. */
  async follow({ modality, id }: PartAddress): Promise<void> {
    const found = await notices.during(() =>
      call('review.find', { modality, text: id, undecidedOnly: review.undecidedOnly, filter: review.filter }),
    );
    const part = found?.find((one) => one.id === id);
    if (part?.modality != null) return this.go(part);
    this.begin();
    this.text = id;
    this.look();
  }
}

export const partSearch = new PartSearch();
