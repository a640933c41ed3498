import type { FormerView } from '../../main/api/views/explanation.ts';
import type { ReviewPart, ValueView } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { explanation } from './explanation.svelte.ts';
import { latest } from './latest.ts';
import { notices } from './notices.svelte.ts';
import { review } from './review.svelte.ts';

/** Ways to look at two values; all but the first and third are for pictures alone. */
export const comparisonWays = ['beside', 'wipe', 'blink', 'difference'] as const;
export type ComparisonWay = (typeof comparisonWays)[number];

/** Value that the reconstruction on show is compared with. */
export type Compared = { readonly key: string; readonly value: ValueView } & (
  | { readonly is: 'measured' | 'reconstructed'; readonly id: string }
  | { readonly is: 'former'; readonly version: number }
);

type About = Pick<ReviewPart, 'part' | 'modality'>;

/** Comparison of the reconstruction on show with the most similar parts and with what the model before made of it. */
class Comparing {
  open = $state(false);
  way = $state<ComparisonWay>('beside');
  /** Where a wiped picture ends and the other begins, 0…1 of the width. */
  edge = $state(0.5);
  /** True while the other one of two that blink is on show. */
  isOther = $state(false);
  /** True where a person lets them change places, instead of the clock. */
  isByHand = $state(false);
  #chosen = $state.raw<(About & { readonly key: string }) | null>(null);
  /** What the model before makes of the reconstruction with a fingerprint. */
  #former = $state.raw<{ readonly of: string; readonly view: FormerView | null } | null>(null);

  get isLoading(): boolean {
    return explanation.shown === null || this.#former?.of !== review.part?.reconstruction;
  }

  /** All that the part on show can be compared with: what was measured first. */
  get others(): readonly Compared[] {
    const near = explanation.shown?.neighbours ?? [];
    const former = this.#former?.of === review.part?.reconstruction ? this.#former?.view : undefined;
    return [
      ...near.flatMap(({ part, id, measured }): Compared[] =>
        measured ? [{ key: `measured/${part}`, is: 'measured', id, value: measured }] : [],
      ),
      ...(former
        ? [
            {
              key: 'former',
              is: 'former' as const,
              version: former.modelVersion,
              value: former.reconstructed,
            },
          ]
        : []),
      ...near.map(({ part, id, reconstructed }): Compared => {
        return { key: `reconstructed/${part}`, is: 'reconstructed', id, value: reconstructed };
      }),
    ];
  }

  /** What it is compared with: the person's choice, else the first once all are here. */
  get other(): Compared | undefined {
    const chosen = isOf(this.#chosen, review.part) ? this.#chosen?.key : undefined;
    const found = this.others.find(({ key }) => key === chosen);
    return found ?? (this.isLoading ? undefined : this.others[0]);
  }

  choose(key: string): void {
    const { part } = review;
    if (part) this.#chosen = { part: part.part, modality: part.modality, key };
  }

  toggle(): void {
    this.open = !this.open;
  }

  /** Takes the next way. @param isPicture false: only those that are for every kind */
  turnWay(isPicture: boolean): void {
    const ways = isPicture ? comparisonWays : comparisonWays.filter(isForAll);
    this.look(ways[(ways.indexOf(this.way) + 1) % ways.length]!);
  }

  look(way: ComparisonWay): void {
    this.way = way;
    this.isOther = false;
    this.isByHand = false;
  }

  /** Lets the two change places, from now on by hand alone. */
  swap(): void {
    this.way = 'blink';
    this.isByHand = true;
    this.isOther = !this.isOther;
  }

  /** Turns to the part that is on show now. */
  turn(): void {
    const { part } = review;
    if (!part) return;
    if (!explanation.open) explanation.turn();
    if (this.#former?.of !== part.reconstruction) this.#ask(part);
  }

  readonly #ask = latest(async ({ part, modality, reconstruction }: ReviewPart) => {
    const view = await notices.during(() => call('review.former', { part, modality }));
    this.#former = { of: reconstruction, view: view ?? null };
  });
}

/** True for a way to look at values of any kind. */
export function isForAll(way: ComparisonWay): boolean {
  return way === 'beside' || way === 'blink';
}

function isOf(one: About | null, other: About | null): boolean {
  return one !== null && one.part === other?.part && one.modality === other.modality;
}

export const comparing = new Comparing();
