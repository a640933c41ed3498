import type { PilotLook, PilotState } from '../../main/api/views/pilot.ts';
import type { ReadingSettings } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { i18n } from '../i18n/index.svelte.ts';
import { type ColumnGroup, columnGroups } from './columns.ts';
import { notices } from './notices.svelte.ts';
import { workstation } from './workstation.svelte.ts';

interface Where {
  readonly folder: string;
  readonly manifest?: string;
}

/** What a person has said of a folder. */
interface Said {
  readonly reading?: ReadingSettings;
  readonly columns?: Readonly<Record<string, string>>;
  readonly id?: string | null;
}

/** What was said without settings that are to be found again. */
function settled({ reading = {}, ...said }: Said): Said {
  return {
    ...said,
    reading: Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)),
  };
}

/** State of the pilot check: what a person asks for, and the newest report. */
class Pilot {
  folder = $state('');
  manifest = $state('');
  minutes = $state(3);
  lines = $state('10, 100');
  saveFolder = $state('');
  saved = $state('');
  busy = $state(false);
  state = $state.raw<PilotState | null>(null);

  /** The folder as the check would read it; null where nobody looked. */
  #seen = $state.raw<PilotLook | null>(null);
  /** What it is of. */
  #looked = $state.raw<Where>({ folder: '' });
  /** What the person has said of it; the rest is found. */
  #said = $state.raw<Said>({});

  #where(): Where {
    const manifest = this.manifest.trim();
    return { folder: this.folder.trim(), ...(manifest && { manifest }) };
  }

  /** The folder as it is understood; null for another than was looked at. */
  get seen(): PilotLook | null {
    const { folder, manifest } = this.#where();
    return folder === this.#looked.folder && manifest === this.#looked.manifest ? this.#seen : null;
  }

  get groups(): readonly ColumnGroup[] {
    const { seen } = this;
    return seen ? columnGroups(seen.data.columns, new Map(Object.entries(seen.lengths))) : [];
  }

  /** Looks at the folder; what was said of another is forgotten. */
  async look(): Promise<void> {
    await this.#lookAs(this.seen ? this.#said : {});
  }

  async readAs(change: ReadingSettings): Promise<void> {
    await this.#lookAs({ ...this.#said, reading: { ...this.#said.reading, ...change } });
  }

  async identify(column: string | null): Promise<void> {
    const columns = Object.entries(this.#said.columns ?? {}).filter(([name]) => name !== column);
    await this.#lookAs({ ...this.#said, columns: Object.fromEntries(columns), id: column });
  }

  /** Says what a group of columns is. */
  async correct({ columns }: ColumnGroup, role: string): Promise<void> {
    if (role === 'id') return this.identify(columns[0]!);
    const own = Object.fromEntries(columns.map((name) => [name, role]));
    const { id, ...said } = this.#said;
    const keepsId = id !== undefined && (id === null || !columns.includes(id));
    await this.#lookAs({ ...said, ...(keepsId && { id }), columns: { ...said.columns, ...own } });
  }

  async #lookAs(said: Said): Promise<void> {
    const where = this.#where();
    const seen = await notices.whileBusy(this, () => call('pilot.look', { ...where, ...settled(said) }));
    if (!seen) return;
    this.#seen = seen;
    this.#looked = where;
    this.#said = said;
  }

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
    const request = { ...this.#where(), ...(this.seen && settled(this.#said)) };
    const job = await notices.whileBusy(this, () =>
      call('pilot.start', { ...request, minutes, lines: speeds }),
    );
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
