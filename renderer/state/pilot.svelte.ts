import type { PilotState } from '../../main/api/views/pilot.ts';
import { call } from '../bridge/client.ts';
import { i18n } from '../i18n/index.svelte.ts';
import { notices } from './notices.svelte.ts';
import { workstation } from './workstation.svelte.ts';

/** State of the pilot check: what a person asks for, and the newest report. */
class Pilot {
  folder = $state('');
  minutes = $state(3);
  lines = $state('10, 100');
  saveFolder = $state('');
  saved = $state('');
  busy = $state(false);
  state = $state.raw<PilotState | null>(null);

  /** Speeds of lines in megabits a second as they were typed; undefined for a text that is no list of numbers. */
  get speeds(): number[] | undefined {
    const speeds = this.lines
      .split(/[\s,;、]+/)
      .filter(Boolean)
      .map(Number);
    return speeds.length > 0 && speeds.length <= 5 && speeds.every((speed) => speed > 0) ? speeds : undefined;
  }

  async load(): Promise<void> {
    const state = await notices.during(() => call('pilot.state', {}));
    if (!state) return;
    this.state = state;
    if (this.saveFolder === '') this.saveFolder = workstation.state?.saveFolder ?? '';
    if (this.folder === '') this.folder = state.report?.folder ?? '';
  }

  async start(): Promise<void> {
    const { speeds, minutes } = this;
    if (!speeds) return;
    this.saved = '';
    const folder = this.folder.trim();
    const job = await notices.whileBusy(this, () => call('pilot.start', { folder, minutes, lines: speeds }));
    if (job) workstation.begun(job);
  }

  async save(): Promise<void> {
    const { language } = i18n;
    const done = await notices.whileBusy(this, () =>
      call('pilot.save', { language, folder: this.saveFolder.trim() }),
    );
    if (done) this.saved = done.file;
  }
}

export const pilot = new Pilot();
