import type { CallInput } from '../../main/api/contract.ts';
import type { ModelCardView, ModelsView, ModelView } from '../../main/api/views/models.ts';
import { call } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';
import { workstation } from './workstation.svelte.ts';

/** Model versions and the card on show. */
class Models {
  list = $state.raw<ModelsView | null>(null);
  card = $state.raw<ModelCardView | null>(null);
  /** The version a person chose; else the newest that waits or the one in use. */
  #chosen = $state<number | undefined>();

  get selected(): ModelView | undefined {
    const versions = this.list?.versions ?? [];
    return (
      versions.find(({ version }) => version === this.#chosen) ??
      versions.find(({ state }) => state !== 'received' && state !== 'retired') ??
      versions[0]
    );
  }

  async load(): Promise<void> {
    const list = await notices.during(() => call('models.list', {}));
    if (list) await this.#show(list);
  }

  async select(version: number): Promise<void> {
    this.#chosen = version;
    await this.#loadCard();
  }

  async evaluate(version: number): Promise<void> {
    const job = await notices.during(() => call('models.evaluate', { version }));
    if (job) workstation.begun(job);
  }

  /** Makes a decision on a version. @returns whether it was decided */
  async decide(wish: CallInput<'models.decide'>): Promise<boolean> {
    const list = await notices.during(() => call('models.decide', wish));
    if (!list) return false;
    await this.#show(list);
    return true;
  }

  async #show(list: ModelsView): Promise<void> {
    this.list = list;
    await this.#loadCard();
  }

  async #loadCard(): Promise<void> {
    const version = this.selected;
    if (!version || version.comparison === null) {
      this.card = null;
      return;
    }
    const card = await notices.during(() => call('models.card', { version: version.version }));
    if (card && this.selected?.version === card.version) this.card = card;
  }
}

export const models = new Models();
