import type { WorkstationEvent } from '../../main/api/contract.ts';
import { CallError, call, listen } from '../bridge/client.ts';

/** Reconstructions that wait for a decision, by measurement; kept current by what is decided. */
class Waiting {
  #left = $state.raw<ReadonlyMap<string, number>>(new Map());
  /** Whether whoever works here may know: a plan can close Review to them. */
  isOpen = $state(true);
  #asked = 0;

  constructor() {
    listen((event) => this.#receive(event));
  }

  get count(): number {
    return [...this.#left.values()].reduce((sum, left) => sum + left, 0);
  }

  /** Asks anew; an answer that a newer question overtook is forgotten. */
  async refresh(): Promise<void> {
    const own = ++this.#asked;
    try {
      const first = await call('review.queue', { limit: 1 });
      const left = new Map([[first.modality, first.total - first.decided]]);
      for (const modality of first.modalities)
        if (modality !== first.modality) {
          const { total, decided } = await call('review.queue', { modality, limit: 1 });
          left.set(modality, total - decided);
        }
      if (own !== this.#asked) return;
      this.#left = left;
      this.isOpen = true;
    } catch (thrown) {
      if (!(thrown instanceof CallError)) throw thrown;
      if (own !== this.#asked) return;
      this.#left = new Map();
      this.isOpen = false;
    }
  }

  #receive(event: WorkstationEvent): void {
    if (event.type !== 'decided' && event.type !== 'decided-together') return;
    const modality = event.type === 'decided' ? event.item.modality : event.modality;
    const { total, decided } = event.counters;
    this.#left = new Map([...this.#left, [modality, total - decided]]);
  }
}

export const waiting = new Waiting();
