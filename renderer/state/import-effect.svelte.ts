import type {
  ImportEffect,
  PictureCheckView,
  PictureSettings,
  ReadingSettings,
} from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';

type EmptyRule = 'keep' | 'remove';

/** What the import that is being prepared would do, and what a person chose for empty cells. */
class PlannedImport {
  effect = $state.raw<ImportEffect | null>(null);
  /** What opening some images showed; null until it is known. */
  pictures = $state.raw<PictureCheckView | null>(null);
  /** By modality; of one that is not named: keep. */
  empty = $state.raw<Readonly<Record<string, EmptyRule>>>({});
  /** True until it is known, or known that it cannot be. */
  counting = $state(false);
  #asked = 0;

  /** Lets the workstation count over the whole file; an answer that comes after a later question is not shown. */
  async ask(of: {
    folder: string;
    manifest: string;
    columns: Readonly<Record<string, string>>;
    reading: ReadingSettings;
    pictures: Readonly<Record<string, PictureSettings>>;
  }): Promise<void> {
    const asked = ++this.#asked;
    this.counting = true;
    this.effect = null;
    this.pictures = null;
    const { pictures, ...table } = { ...of, columns: { ...of.columns } };
    const effect = await notices.during(() => call('data.effect', table));
    if (asked !== this.#asked) return;
    this.effect = effect ?? null;
    this.counting = false;
    if (!effect) return;
    // Nobody has to wait for these: an import opens all images anyway.
    const opened = await notices.during(() => call('data.openPictures', { ...table, pictures }));
    if (asked === this.#asked) this.pictures = opened ?? null;
  }

  choose(modality: string, rule: EmptyRule): void {
    this.empty = { ...this.empty, [modality]: rule };
  }

  forget(): void {
    this.#asked += 1;
    this.effect = null;
    this.pictures = null;
    this.empty = {};
    this.counting = false;
  }
}

export const plannedImport = new PlannedImport();
