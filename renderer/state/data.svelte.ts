import type { CallOutput } from '../../main/api/contract.ts';
import type { CoverageView, DataFindings, ImportView, JobView, PartView } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { notices } from './notices.svelte.ts';
import { workstation } from './workstation.svelte.ts';

type ListedPart = CallOutput<'data.parts'>['parts'][number];

const importsAtOnce = 10;
const partsAtOnce = 50;

/** The data of this workstation as far as they are on show: imports, what is missing where, and parts. */
class Data {
  imports = $state.raw<readonly ImportView[]>([]);
  importsInAll = $state(0);
  coverage = $state.raw<readonly CoverageView[]>([]);
  parts = $state.raw<readonly ListedPart[]>([]);
  next = $state.raw<string | null>(null);
  text = $state('');
  /** Only parts that lack this; '': all. */
  lacks = $state('');
  /** Only parts that came with this import first; 0: all. */
  home = $state(0);
  chosen = $state.raw<ReadonlySet<number>>(new Set());
  opened = $state.raw<PartView | null>(null);
  /** What is odd in the data; null until it is known. */
  findings = $state.raw<DataFindings | null>(null);
  /** Whether a folder is being connected. */
  adding = $state(false);
  /** Counts questions for parts: an answer that comes after a later one is not shown. */
  #asked = 0;

  /** The job that takes something out of the data, while it runs. */
  get takingOut(): JobView | null {
    const { job } = workstation;
    const isOne = job?.kind === 'undo' || job?.kind === 'delete';
    return isOne && (job.state === 'running' || job.state === 'stopping') ? job : null;
  }

  /** Reads anew what an import or a deletion changes. */
  async refresh(): Promise<void> {
    const [page, coverage] = await Promise.all([
      notices.during(() => call('data.imports', { limit: importsAtOnce })),
      notices.during(() => call('data.coverage', {})),
    ]);
    if (page) {
      this.imports = page.imports;
      this.importsInAll = page.total;
    }
    if (coverage) this.coverage = coverage;
    if (this.home !== 0 && !coverage?.some((row) => row.import === this.home)) this.home = 0;
    await this.search();
  }

  async readFindings(): Promise<void> {
    const findings = await notices.during(() => call('data.findings', {}));
    if (findings) this.findings = findings;
  }

  async olderImports(): Promise<void> {
    const last = this.imports.at(-1);
    const page = await notices.during(() =>
      call('data.imports', { limit: importsAtOnce, ...(last && { before: last.id }) }),
    );
    if (page) this.imports = [...this.imports, ...page.imports];
  }

  /** The first parts that fit. */
  async search(): Promise<void> {
    const asked = ++this.#asked;
    const page = await this.#page();
    if (!page || asked !== this.#asked) return;
    this.parts = page.parts;
    this.next = page.next;
    // What is read anew does not touch what a person chose; what is no longer on show is no longer chosen.
    const listed = new Set(page.parts.map(({ id }) => id));
    this.chosen = new Set([...this.chosen].filter((part) => listed.has(part)));
  }

  async moreParts(): Promise<void> {
    const asked = ++this.#asked;
    const page = await this.#page(this.next ?? undefined);
    if (!page || asked !== this.#asked) return;
    this.parts = [...this.parts, ...page.parts];
    this.next = page.next;
  }

  #page(after?: string) {
    return notices.during(() =>
      call('data.parts', {
        text: this.text.trim(),
        limit: partsAtOnce,
        ...(this.lacks && { lacks: this.lacks }),
        ...(this.home && { import: this.home }),
        ...(after !== undefined && { after }),
      }),
    );
  }

  choose(part: number, isChosen: boolean): void {
    const chosen = new Set(this.chosen);
    if (isChosen) chosen.add(part);
    else chosen.delete(part);
    this.chosen = chosen;
  }

  /** Shows the parts that lack a measurement. */
  show(lacks: string, home: number): void {
    this.text = '';
    this.lacks = lacks;
    this.home = home;
  }

  async open(part: number): Promise<void> {
    this.opened = (await notices.during(() => call('data.part', { part }))) ?? null;
  }
}

export const data = new Data();
