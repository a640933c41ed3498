import type { DataPreview, EnrolmentPreview, PlanView, ReadingSettings } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { type ColumnGroup, columnGroups, modalitiesHeld } from './columns.ts';
import { plannedImport } from './import-effect.svelte.ts';
import { notices } from './notices.svelte.ts';
import { route } from './route.svelte.ts';
import { workstation } from './workstation.svelte.ts';

/** State of the way from an invitation to imported data: what a person has entered and been shown. */
class Connect {
  step = $state(0);
  invitation = $state('');
  folder = $state('');
  manifest = $state('');
  agreed = $state(false);
  busy = $state(false);
  enrolment = $state.raw<EnrolmentPreview | null>(null);
  data = $state.raw<DataPreview | null>(null);
  /** What the person has said of how the table is read; the rest is found. */
  reading = $state.raw<ReadingSettings>({});
  /** True where the person has confirmed the column of the id that only its cells speak for. */
  idConfirmed = $state(false);
  doubtful = $state<string | null>(null);
  groups = $state.raw<readonly ColumnGroup[]>([]);
  roles = $state.raw<Readonly<Record<string, string>>>({});
  /** Id of the import that was started here. */
  importId = $state<string | null>(null);

  /** The plan that data are read by: the one agreed to, or the one of the invitation. */
  get plan(): PlanView | undefined {
    return workstation.state?.federation?.plan ?? this.enrolment?.plan;
  }

  /** Number of values of each signal of the plan. */
  get lengths(): ReadonlyMap<string, number> {
    const modalities = this.plan?.modalities ?? [];
    return new Map(modalities.flatMap(({ name, length }) => (length === undefined ? [] : [[name, length]])));
  }

  /** Column of the id that only its cells speak for, while nobody has confirmed it. */
  get doubtfulId(): string | null {
    const { doubtful } = this;
    return doubtful !== null && this.roles[doubtful] === 'id' && !this.idConfirmed ? doubtful : null;
  }

  /** The modalities that the columns hold, as they are read now. */
  get held(): string[] {
    return modalitiesHeld(this.roles, this.plan?.modalities.map(({ name }) => name) ?? []);
  }

  /** The modalities that the imported parts have. */
  get has(): string[] {
    const counts = workstation.state?.data.counts ?? [];
    return counts.filter(({ present }) => present > 0).map(({ modality }) => modality);
  }

  async readInvitation(): Promise<void> {
    const enrolment = await notices.whileBusy(this, () =>
      call('enrolment.preview', { invitation: this.invitation.trim() }),
    );
    if (!enrolment) return;
    this.enrolment = enrolment;
    this.step = 1;
  }

  /** Looks at the folder, and says anew what every column seems to be. */
  async look(): Promise<void> {
    const data = await notices.whileBusy(this, () => call('data.preview', this.#where()));
    if (!data) return;
    this.data = data;
    this.idConfirmed = false;
    this.doubtful = data.identity.reason === 'looks' ? data.identity.column : null;
    this.groups = columnGroups(data.columns, this.lengths);
    this.roles = Object.fromEntries(data.columns.map(({ name, role }) => [name, role]));
  }

  /** Corrects what a group of columns is; `undefined` goes back to what was understood. */
  async correct(group: ColumnGroup, role: string | undefined): Promise<void> {
    const before = this.roles;
    this.roles = {
      ...before,
      ...Object.fromEntries(group.columns.map((column, index) => [column, roleIn(group, index, role)])),
    };
    const data = await notices.whileBusy(this, () =>
      call('data.preview', { ...this.#where(), columns: { ...this.roles } }),
    );
    if (data) this.data = data;
    else this.roles = before;
  }

  /** Agrees to the plan and enrols. */
  async join(): Promise<void> {
    const { enrolment, has } = this;
    if (!enrolment) return;
    const state = await notices.whileBusy(this, () =>
      call('enrolment.join', { invitation: this.invitation.trim(), planHash: enrolment.plan.hash, has }),
    );
    if (!state) return;
    this.again();
    route.go('overview');
    workstation.show(state);
  }

  async importData(): Promise<void> {
    const { data } = this;
    if (!data) return;
    const job = await notices.whileBusy(this, () =>
      call('data.import', {
        ...{ folder: data.folder, manifest: data.manifest, columns: { ...this.roles } },
        reading: this.reading,
        empty: { ...plannedImport.empty },
      }),
    );
    if (!job) return;
    this.importId = job.id;
    workstation.begun(job);
  }

  /** Forgets what was understood and imported, to connect another folder. */
  again(): void {
    this.importId = null;
    this.data = null;
    plannedImport.forget();
  }

  /** Looks again at the table, read as the person says. */
  async readAs(change: ReadingSettings): Promise<void> {
    const before = this.reading;
    this.reading = Object.fromEntries(
      Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
    );
    await this.look();
    if (this.data === null) this.reading = before;
  }

  #where(): { folder: string; manifest?: string; reading: ReadingSettings } {
    const manifest = this.manifest.trim();
    return { folder: this.folder.trim(), reading: this.reading, ...(manifest ? { manifest } : {}) };
  }
}

export const connect = new Connect();

/** Role of a column of a group: the one that was found, the group's, or its value of the group's signal. */
function roleIn({ columns, guessed }: ColumnGroup, index: number, role: string | undefined): string {
  if (role === undefined) return guessed[index]!;
  return columns.length > 1 && role.endsWith(':1') ? `${role.slice(0, -1)}${index + 1}` : role;
}
