import type {
  DataPreview,
  EnrolmentPreview,
  PictureSettings,
  PlanView,
  ReadingSettings,
} from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { type ColumnGroup, columnGroups, modalitiesHeld } from './columns.ts';
import { plannedImport } from './import-effect.svelte.ts';
import { forgetKept, type KeptSteps, keepSteps, keptSteps } from './kept-steps.ts';
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
  /** What the person has said of the pictures, by modality; the rest is found. */
  pictures = $state.raw<Readonly<Record<string, PictureSettings>>>({});
  /** True where the steps are those from before the window was loaded again. */
  isRestored = $state(false);
  /** True once it is known whether steps were kept: before, there is nothing to keep. */
  #isKeeping = $state(false);
  /** Roles that the person has chosen, by column: they stay when the table is read in another way. */
  #said: Readonly<Record<string, string>> = {};
  /** What `data` is of. */
  #looked: { readonly folder?: string; readonly manifest?: string } = {};
  /** True where the person has confirmed the column of the id that only its cells speak for. */
  idConfirmed = $state(false);
  doubtful = $state<string | null>(null);
  groups = $state.raw<readonly ColumnGroup[]>([]);
  roles = $state.raw<Readonly<Record<string, string>>>({});
  /** Id of the import that was started here. */
  importId = $state<string | null>(null);
  /** Folder that was said here to be imported by itself. */
  watched = $state('');

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

  /**
   * Looks at the folder, and says anew what every column seems to be. What was said of how another one is read, or of one that could not be
   * shown, is forgotten: nothing in the window would say that it still holds.
   */
  async look(): Promise<void> {
    const { folder, manifest } = this.#where();
    if (!this.data || folder !== this.#looked.folder || manifest !== this.#looked.manifest) {
      this.reading = {};
      this.pictures = {};
    }
    this.#said = {};
    await this.#lookAgain();
  }

  /** Looks at the folder with the roles that the person has chosen. */
  async #lookAgain(): Promise<void> {
    const where = this.#where();
    const data = await notices.whileBusy(this, () =>
      call('data.preview', { ...where, columns: { ...this.#said } }),
    );
    if (!data) return;
    this.data = data;
    this.#looked = where;
    this.idConfirmed = false;
    this.doubtful = data.identity.reason === 'looks' ? data.identity.column : null;
    this.groups = columnGroups(data.columns, this.lengths);
    this.roles = Object.fromEntries(data.columns.map(({ name, role }) => [name, role]));
  }

  /** Corrects what a group of columns is; `undefined` goes back to what was understood. */
  async correct(group: ColumnGroup, role: string | undefined): Promise<void> {
    await this.#say(group.columns.map((column, index) => [column, roleIn(group, index, role)]));
  }

  /** Names the column of the ids; null: there is none. */
  async identify(column: string | null): Promise<void> {
    const before = Object.keys(this.roles).filter((name) => this.roles[name] === 'id');
    await this.#say([
      ...before.map((name) => [name, 'ignore'] as const),
      ...(column === null ? [] : [[column, 'id'] as const]),
    ]);
  }

  async #say(said: readonly (readonly [column: string, role: string])[]): Promise<void> {
    const before = this.roles;
    this.roles = { ...before, ...Object.fromEntries(said) };
    const data = await notices.whileBusy(this, () => call('data.preview', this.previewed));
    if (data) {
      this.data = data;
      this.#said = { ...this.#said, ...Object.fromEntries(said) };
    } else this.roles = before;
  }

  /** Looks again at the pictures of a modality, read as the person says; what is undefined is found. */
  async readPictures(
    modality: string,
    change: { readonly [Key in keyof PictureSettings]: unknown },
  ): Promise<void> {
    const before = this.pictures;
    const own = Object.entries({ ...before[modality], ...change }).filter(([, value]) => value !== undefined);
    this.pictures = { ...before, [modality]: Object.fromEntries(own) as PictureSettings };
    const data = await notices.whileBusy(this, () => call('data.preview', this.previewed));
    if (data) this.data = data;
    else this.pictures = before;
  }

  /** Agrees to the plan and enrols. */
  async join(): Promise<void> {
    const { enrolment, has } = this;
    if (!enrolment) return;
    const state = await notices.whileBusy(this, () =>
      call('enrolment.join', { invitation: this.invitation.trim(), planHash: enrolment.plan.hash, has }),
    );
    if (!state) return;
    this.startAfresh();
    route.go('overview');
    workstation.show(state);
  }

  async importData(): Promise<void> {
    const { data } = this;
    if (!data) return;
    const job = await notices.whileBusy(this, () =>
      call('data.import', {
        ...{ folder: data.folder, manifest: data.manifest, content: data.content },
        columns: { ...this.roles },
        ...{ reading: this.reading, pictures: this.pictures },
        empty: { ...plannedImport.empty },
      }),
    );
    if (!job) return;
    this.importId = job.id;
    workstation.begun(job);
  }

  /** The folder as it is read now. */
  get previewed() {
    return { ...this.#where(), columns: { ...this.roles } };
  }

  /** Goes back from an import that came to nothing to what is understood now, with its list of problems. */
  async correctAgain(): Promise<void> {
    this.importId = null;
    await this.#say([]);
  }

  /** Forgets what was understood and imported, to connect another folder. */
  again(): void {
    this.importId = null;
    this.data = null;
    this.isRestored = false;
    plannedImport.forget();
  }

  /** Looks at a folder, to connect it. */
  async startWith(folder: string): Promise<void> {
    this.again();
    Object.assign(this, { folder, manifest: '' });
    await this.look();
  }

  /** Has the folder that was imported here imported by itself from now on, read as it was. */
  async watch(): Promise<void> {
    const { folder } = this.data!;
    if (await notices.whileBusy(this, () => call('data.watch', { watch: { folder } }))) this.watched = folder;
  }

  /** Goes on where the window was before it was loaded again. */
  async restore(): Promise<void> {
    if (this.#isKeeping) return;
    const kept = keptSteps(workstation.state?.person?.name);
    if (kept) {
      const { roles, said, empty, ...fields } = kept;
      Object.assign(this, fields);
      this.isRestored = kept.step > 0 || roles !== null || kept.importId !== null;
      if (roles) {
        this.#said = said;
        await this.#lookAgain();
        if (this.data)
          for (const [modality, rule] of Object.entries(empty)) plannedImport.choose(modality, rule);
        // A restored confirmation is of the same column.
        this.idConfirmed = kept.idConfirmed;
      }
    }
    this.#isKeeping = true;
  }

  /** Begins from the first step, as if nothing had been said. */
  startAfresh(): void {
    this.again();
    Object.assign(this, {
      step: 0,
      invitation: '',
      folder: '',
      manifest: '',
      agreed: false,
      enrolment: null,
    });
    Object.assign(this, { reading: {}, pictures: {}, roles: {}, groups: [], idConfirmed: false });
    this.#said = {};
    forgetKept(workstation.state?.person?.name);
  }

  /** Keeps the steps as they are now; call it in an effect, which then follows them. */
  keep(): void {
    const {
      step,
      invitation,
      folder,
      manifest,
      agreed,
      enrolment,
      reading,
      pictures,
      importId,
      idConfirmed,
    } = this;
    const { data, roles } = this;
    const { empty } = plannedImport;
    const person = workstation.state?.person?.name;
    if (!this.#isKeeping) return;
    const kept: KeptSteps = {
      ...{ step, invitation, folder, manifest, agreed, enrolment, reading, pictures, importId, idConfirmed },
      ...{ roles: data && roles, said: this.#said, empty },
    };
    keepSteps(person, kept);
  }

  /** Looks again at the table, read as the person says. */
  async readAs(change: ReadingSettings): Promise<void> {
    const before = this.reading;
    this.reading = Object.fromEntries(
      Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined),
    );
    const seen = this.data;
    await this.#lookAgain();
    if (this.data === seen) this.reading = before;
  }

  #where() {
    const { reading, pictures } = this;
    const manifest = this.manifest.trim();
    return { folder: this.folder.trim(), reading, pictures, ...(manifest ? { manifest } : {}) };
  }
}

export const connect = new Connect();

$effect.root(() => {
  $effect(() => connect.keep());
});

/** Role of a column of a group: the one that was found, the group's, or its value of the group's signal. */
function roleIn({ columns, guessed }: ColumnGroup, index: number, role: string | undefined): string {
  if (role === undefined) return guessed[index]!;
  return columns.length > 1 && role.endsWith(':1') ? `${role.slice(0, -1)}${index + 1}` : role;
}
