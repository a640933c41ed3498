import type { CallName, WorkstationEvent } from '../../main/api/contract.ts';
import type {
  JobView,
  LossPoint,
  ModalityView,
  RefusalView,
  Settings,
  WorkstationState,
} from '../../main/api/views.ts';
import { call, listen, notify, whenLost } from '../bridge/client.ts';
import { i18n, languageHere } from '../i18n/index.svelte.ts';
import { newsBetween, newsInWords } from './news.ts';
import { notices } from './notices.svelte.ts';

/** Workstation as the window knows it: one snapshot, kept current by its events. */
class Workstation {
  /** Newest snapshot; undefined until the first. */
  state = $state.raw<WorkstationState | undefined>();
  job = $state.raw<JobView | null>(null);
  losses = $state.raw<readonly LossPoint[]>([]);

  /** Settings on their way to the workstation: older snapshots do not undo them. */
  #wanted: Partial<Settings> = {};

  /** Begins to listen, then takes the first snapshot, so that nothing is missed in between. */
  async open(): Promise<void> {
    await listen((event) => this.#receive(event));
    // Asking for the state says why it is silent, and takes the message away once it answers again.
    whenLost(() => this.refresh());
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const state = await notices.during(() => call('workstation.state', {}));
    if (state) this.show(state);
  }

  /** Takes a snapshot over, as an event or a call brought it; the answer to a call may be older than the last event. */
  show(state: WorkstationState): void {
    const before = this.state;
    if (before && state.revision < before.revision) return;
    const settings = { ...state.settings, ...this.#wanted };
    this.state = { ...state, settings };
    this.job = state.job;
    this.losses = state.losses;
    i18n.language = settings.language === 'system' ? languageHere : settings.language;
    document.documentElement.lang = i18n.language;
    document.documentElement.dataset.theme = settings.theme;
    document.documentElement.dataset.text = settings.textSize;
    if (settings.notifies && !document.hasFocus()) {
      for (const news of newsBetween(before, state))
        notify(i18n.t.app.name, newsInWords(news, i18n.t.settings.news));
    }
  }

  /** Shows a job that a call has begun; a quick one may have told more by its events already. */
  begun(job: JobView): void {
    if (this.job?.id !== job.id) this.job = job;
  }

  /** Shows a changed setting at once and keeps it. */
  async change(change: Partial<Settings>): Promise<void> {
    if (!this.state) return;
    const wanted = { ...this.#wanted, ...change };
    this.#wanted = wanted;
    this.show(this.state);
    try {
      await call('settings.change', change);
    } catch (thrown) {
      notices.report(thrown);
    }
    if (this.#wanted === wanted) this.#wanted = {};
  }

  /**
   * Refusal of a call to whoever works here, or its answer without reconstructions; undefined where they may make it.
   */
  refusal(call: CallName): RefusalView | undefined {
    return this.state?.refusals[call];
  }

  /** The version that reconstructions are made with: every page names it from here; null where none is in use. */
  get inUse(): number | null {
    return this.state?.adoption.inUse ?? null;
  }

  /** A modality of the plan by name; undefined before enrolment. */
  modality(name: string): ModalityView | undefined {
    return this.state?.federation?.plan.modalities.find((modality) => modality.name === name);
  }

  /** Name of a modality by the plan, in the person's language. */
  label(name: string): string {
    const found = this.modality(name);
    return found ? i18n.label(found.label) : name;
  }

  #receive(event: WorkstationEvent): void {
    switch (event.type) {
      case 'state':
        this.show(event.state);
        return;
      case 'progress':
        this.job = event.job;
        return;
      case 'loss':
        this.losses = [...this.losses, event.point];
    }
  }
}

export const workstation = new Workstation();
