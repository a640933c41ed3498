import type { CallInput } from '../../main/api/contract.ts';
import type { ExplanationView, Region, WhatIfView } from '../../main/api/views/explanation.ts';
import { call } from '../bridge/client.ts';
import { latest } from './latest.ts';
import { notices } from './notices.svelte.ts';
import { review } from './review.svelte.ts';
import { workstation } from './workstation.svelte.ts';

export type Change = CallInput<'review.whatIf'>['changes'][number];

type Question = CallInput<'review.explain'>;

interface Asked {
  readonly part: number;
  readonly modality: string;
}

/** Explanation of the part on show, and what would change its reconstruction. */
class Explanation {
  open = $state(false);
  /** Region that is pointed at; null: the whole. */
  region = $state.raw<Region | null>(null);
  explanation = $state.raw<ExplanationView | null>(null);
  /** Changes for "what if" by modality; empty: none. */
  changes = $state.raw<Readonly<Record<string, Change>>>({});
  whatIf = $state.raw<WhatIfView | null>(null);
  /** The explanation of the part after the one on show. */
  #ahead: { readonly key: string; readonly answer: Promise<ExplanationView> } | undefined;

  /** The explanation, if it is of the part on show and of what is pointed at. */
  get shown(): ExplanationView | null {
    const found = this.explanation;
    return found && isAbout(found, review.part) ? found : null;
  }

  /** True while the explanation on show is not yet that of what is pointed at. */
  get isLoading(): boolean {
    return this.shown === null || JSON.stringify(this.shown.region) !== JSON.stringify(this.region);
  }

  toggle(): void {
    this.open = !this.open;
    if (!this.open) this.reset();
  }

  /** Turns to the part that is on show now. */
  turn(): void {
    this.region = null;
    this.reset();
    this.#explain();
  }

  /** Asks about a region, or about the whole again. */
  point(region: Region | null): void {
    this.region = region;
    this.#explain();
  }

  /** Puts a change in the place of the one before in the same modality; undefined takes it back. */
  change(modality: string, change: Change | undefined): void {
    const { [modality]: _, ...others } = this.changes;
    this.changes = change ? { ...others, [modality]: change } : others;
    const { part } = review;
    if (part && Object.keys(this.changes).length > 0)
      this.#askWhatIf({ part: part.part, modality: part.modality, changes: Object.values(this.changes) });
    else this.whatIf = null;
  }

  /** Takes all changes back, to what was measured. */
  reset(): void {
    this.changes = {};
    this.whatIf = null;
  }

  #explain(): void {
    const { part } = review;
    if (part) this.#ask({ part: part.part, modality: part.modality, region: this.region });
  }

  readonly #ask = latest(async (question: Question) => {
    const answer = await notices.during(() => this.#fetch(question));
    if (!answer) return;
    this.explanation = answer;
    this.#fetchAhead();
  });

  #fetch(question: Question): Promise<ExplanationView> {
    return this.#ahead?.key === keyOf(question) ? this.#ahead.answer : call('review.explain', question);
  }

  /** Asks about the next part while the person looks at this one. */
  #fetchAhead(): void {
    const next = review.queue?.items[review.index + 1];
    if (!next) return;
    const question = { part: next.part, modality: next.modality, region: null };
    const key = keyOf(question);
    if (this.#ahead?.key === key) return;
    const answer = call('review.explain', question);
    const ahead = { key, answer };
    this.#ahead = ahead;
    // It is asked again, and complained about, when it is wanted.
    answer.catch(() => {
      if (this.#ahead === ahead) this.#ahead = undefined;
    });
  }

  readonly #askWhatIf = latest(async (question: CallInput<'review.whatIf'>) => {
    const answer = await notices.during(() => call('review.whatIf', question));
    // What came too late for a part, or for a change that was taken back, is not shown.
    if (answer && isAbout(question, review.part) && Object.keys(this.changes).length > 0)
      this.whatIf = answer;
  });
}

/** Key of a question: the same one about another model's reconstructions is another question. */
function keyOf(question: Question): string {
  return JSON.stringify([question, workstation.state?.reconstructed?.at]);
}

function isAbout(one: Asked, other: Asked | null): boolean {
  return one.part === other?.part && one.modality === other.modality;
}

export const explanation = new Explanation();
