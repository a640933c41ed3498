import type { Bulk, PartDecision, ReviewPart } from '../../main/api/views.ts';

/** What was decided, and for which reason; null: nothing, or it was taken back. */
export type Made = { readonly decision: PartDecision; readonly reason: string } | null;

/** The reconstruction that was decided on. */
export type Decided = Pick<ReviewPart, 'part' | 'id' | 'modality' | 'reconstruction'>;

/** A decision as it was made here: on what, and what stood there before it and after. */
export interface DecisionStep {
  readonly of: Decided;
  readonly before: Made;
  readonly after: Made;
}

/** Decisions that were made at once: they are taken back at once. */
export interface BulkStep {
  /** The entries of the log that made them last. */
  readonly bulk: Bulk;
  readonly decision: PartDecision;
}

/** Decisions made in this window, to go back and forth in, whatever queue is on show. */
export class DecisionHistory<Step = DecisionStep> {
  #steps: Step[] = [];
  /** Number of steps that stand; those after it were taken back. */
  #standing = 0;

  /** Adds a decision; those that were taken back can be made again no more. */
  add(step: Step): void {
    this.#steps = [...this.#steps.slice(0, this.#standing), step];
    this.#standing = this.#steps.length;
  }

  /** The step that undoing takes back. */
  get toUndo(): Step | undefined {
    return this.#steps[this.#standing - 1];
  }

  /** The step that redoing makes again. */
  get toRedo(): Step | undefined {
    return this.#steps[this.#standing];
  }

  /** Notes that the step to undo was taken back. */
  undone(): void {
    if (this.#standing > 0) this.#standing--;
  }

  /** Notes that the step to redo was made again. @param step the same as it stands in the log now */
  redone(step?: Step): void {
    const made = step ?? this.toRedo;
    if (!made || this.#standing >= this.#steps.length) return;
    this.#steps = this.#steps.with(this.#standing, made);
    this.#standing++;
  }

  /** Forgets a step: what it was made on is here no more. */
  drop(step: Step): void {
    const place = this.#steps.indexOf(step);
    if (place < 0) return;
    this.#steps = this.#steps.toSpliced(place, 1);
    if (place < this.#standing) this.#standing--;
  }

  clear(): void {
    this.#steps = [];
    this.#standing = 0;
  }
}
