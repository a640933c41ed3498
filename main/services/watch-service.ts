import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { type ErrorCode, FedReconError } from '../../protocol/errors.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { isNamedColumn } from '../../training/data/manifest/images/named-pictures.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { DataPreview, WaitingFile, WaitReason, WatchView } from '../api/views.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { theWorkstation } from '../log/entries.ts';
import { assertApartFromData } from './apart-from-data.ts';
import { type Context, planInUse, settingNames } from './context.ts';
import type { DataService } from './data-service.ts';
import { describe } from './durable-jobs.ts';
import { errorView } from './error-view.ts';
import { actorOf } from './people-service.ts';
import { contentsHasher, type FolderListing, isHidden, lineOf, listFolder } from './watch/folder-listing.ts';
import { type FoundWaiting, waitingFinder } from './watch/waiting-files.ts';
import { watchActions, watchEvents } from './watch/watch-events.ts';

type WatchRequest = NonNullable<CheckedInput<'data.watch'>['watch']>;

/** Watched folder as it is kept, with the hash of what it held when it was last imported or refused. */
interface Watched extends WatchRequest {
  /** When a person imported the folder in the way that it is read in. */
  readonly readAs?: string;
  readonly done?: string;
  /** The import that this was, and its table. */
  readonly last?: { readonly import: number; readonly manifest: string };
  /** The import in whose place the last one stands: taken back as soon as nothing else runs. */
  readonly replaced?: number;
  /** It stays chosen, and nothing is imported. */
  readonly isPaused?: boolean;
  /** Files that wait. */
  readonly waiting?: readonly WaitingFile[];
  /** Files that the last import was made without. */
  readonly left?: readonly string[];
  /** Lines of listings, each of a file that a person takes as it is. */
  readonly taken?: readonly string[];
}

/** When to look at the folder again: now, or after it has changed. */
type Again = 'now' | 'changed';

const eventsShown = 8;
/** Entries that are looked through for them: imports of a person lie between. */
const eventsRead = 100;

/** Time that nothing in a folder may change before it counts as finished. */
const settleMilliseconds = 5000;
/** Time after which a folder is looked at though nothing told of a change: drives of other computers do not always tell. */
const lookMilliseconds = 60_000;
/**
 * Looks, two minutes, that a folder in which nothing changes waits for what it can be imported without: files that a table
 * names, and a last line whose cells are few, which the import then refuses.
 */
const patience = 24;
/** Problems of an import among which missing pictures are looked for. */
const problemsRead = 1000;
/** Files that wait which are named at a time, in the log and to the window. */
const waitsTold = 10;

/** Refusals that may be over though nothing changes in the folder: it is tried again. */
const passing: ReadonlySet<ErrorCode> = new Set([
  ...(['disk-full', 'data-folder-unusable', 'folder-missing', 'file-unreadable', 'job-busy'] as const),
]);

type WatchCall = 'data.watch' | 'data.watched' | 'data.pauseWatch' | 'data.takeUnfinished';

interface WatchService extends Pick<Api, WatchCall> {
  /** Goes on watching after a restart. */
  resume(): void;
  close(): Promise<void>;
}

/** Waits between looks at a folder: `settle`, as long as nothing in it may change; `later`, where nothing is to be done. */
export interface WatchPauses {
  settle(abort: AbortSignal): Promise<void>;
  later(abort: AbortSignal): Promise<void>;
}

const usualPauses: WatchPauses = {
  settle: (signal) => sleep(settleMilliseconds, undefined, { signal }),
  later: (signal) => sleep(lookMilliseconds, undefined, { signal, ref: false }),
};

/** Roles of the columns: those that a person confirmed, and what is found of pictures that came since. */
function rolesOf(
  { columns: found, reading: { named } }: DataPreview,
  confirmed: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const roles = found.map(({ name, role }): [string, string] => [name, role]);
  if (!confirmed) return Object.fromEntries(roles);
  // Pictures that are called after parts come and go.
  const still = Object.entries(confirmed).filter(
    ([name]) => !isNamedColumn(name) || roles.some(([own]) => own === name),
  );
  return {
    ...Object.fromEntries(roles.filter(([name]) => named?.columns.includes(name))),
    ...Object.fromEntries(still),
  };
}

/**
 * Service of the one folder that is imported by itself, whenever what lies there is finished and new.
 * @param takePart joins rounds
 */
export function watchService(
  context: Context,
  data: Pick<DataService, 'data.preview' | 'begin' | 'takeBack'>,
  takePart: () => Promise<unknown>,
  pauses: WatchPauses = usualPauses,
): WatchService {
  const { store, log } = context;
  const findWaiting = waitingFinder();
  const contentsOf = contentsHasher();
  let waited = { listing: '', looks: 0 };
  /** The last refusal that the log was told. */
  let refused = '';
  let running: { stop: AbortController; ended: Promise<void> } | undefined;
  /** Has the folder looked at again. */
  let wake = () => {};
  const watched = () => store.settings.get<Watched | null>(settingNames.watch) ?? undefined;

  function start(): void {
    const of = watched();
    if (!of || of.isPaused || running) return;
    const stop = new AbortController();
    const ended = follow(of.folder, stop.signal).catch((thrown: unknown) => {
      if (!stop.signal.aborted) log(`watch: ${describe(thrown)}`);
    });
    running = { stop, ended };
  }

  async function end(): Promise<void> {
    const before = running;
    running = undefined;
    before?.stop.abort();
    await before?.ended;
  }

  /** Looks at the folder now and after every change, until it is stopped. */
  async function follow(folder: string, abort: AbortSignal): Promise<void> {
    let changed = Promise.withResolvers<void>();
    const watcher = watch(folder, {
      ignoreInitial: true,
      ignored: (path) => path !== folder && isHidden(relative(folder, path)),
    });
    wake = () => changed.resolve();
    watcher.on('all', wake).on('error', (thrown) => log(`watch: ${describe(thrown)}`));
    abort.addEventListener('abort', wake, { once: true });
    await Promise.race([once(watcher, 'ready'), once(abort, 'abort')]);
    try {
      while (!abort.aborted) {
        changed = Promise.withResolvers<void>();
        if ((await lookedAt(folder, abort)) === 'now') continue;
        if (!abort.aborted) await changedOrLater(changed.promise);
      }
    } finally {
      await watcher.close();
    }
  }

  /** Looks at the folder once. Whatever fails is tried again: nobody would notice that watching had ended. */
  async function lookedAt(folder: string, abort: AbortSignal): Promise<Again> {
    try {
      const found = await settled(folder, abort);
      return found ? await takeUp(found, abort) : 'changed';
    } catch (thrown) {
      if (abort.aborted) throw thrown;
      if (thrown instanceof FedReconError) tellRefused(folder, thrown);
      else log(`watch: ${describe(thrown)}`);
      return 'changed';
    }
  }

  /** Writes into the log why nothing was imported, unless that was the last that it said of it. */
  function tellRefused(folder: string, { code, detail }: FedReconError): void {
    const told = JSON.stringify([folder, code, detail]);
    if (told === refused) return;
    refused = told;
    try {
      store.log.append({
        action: 'watch.refused',
        actor: theWorkstation,
        detail: { folder, code, ...detail },
      });
    } catch (thrown) {
      // Where the disk is full, the log is, too.
      refused = '';
      log(`watch: ${describe(thrown)}`);
    }
    context.changed();
  }

  async function changedOrLater(changed: Promise<void>): Promise<void> {
    const over = new AbortController();
    await Promise.race([changed, pauses.later(over.signal)]);
    over.abort();
  }

  /** Listing of the folder once two looks, a while apart, agree; undefined where there is no such folder. */
  async function settled(folder: string, abort: AbortSignal): Promise<FolderListing | undefined> {
    for (let before = await listFolder(folder); ; ) {
      await pauses.settle(abort);
      const now = await listFolder(folder);
      if (now?.text === before?.text) return now;
      before = now;
    }
  }

  /** Imports what is finished and new, where nothing else runs. */
  async function takeUp(listing: FolderListing, abort: AbortSignal): Promise<Again> {
    const of = watched();
    if (!of || abort.aborted) return 'changed';
    const { folder } = of;
    const hash = await contentsOf(folder, listing);
    const isDone = hash === of.done && of.replaced === undefined;
    if (isDone && !of.left && !of.waiting && listing.underway.length === 0) return 'changed';
    const busy = context.activity.shown;
    if (busy && busy.state === 'running' && busy.phase !== 'waiting') return 'now';
    if (of.replaced !== undefined) {
      if (store.jobs.unfinished().length > 0) return 'now';
      await replace(of.replaced, of.last?.import);
      keep(folder, { replaced: undefined });
      return 'now';
    }
    const waiting = await findWaiting(folder, listing, of.taken ?? [], of.manifest);
    // A person may have taken one meanwhile.
    const found = waiting.filter(({ line }) => !watched()?.taken?.includes(line));
    tellWaiting(folder, found, listing);
    const named = found.filter(({ isTable, why }) => !isTable && why !== 'name').map(({ file }) => file);
    const left = named.length > 0 ? named : undefined;
    // A file that is only closed changes nothing in the folder.
    const again: Again = found.some(({ why }) => why === 'held') ? 'now' : 'changed';
    if (isDone && String(left) === String(of.left)) return again;
    const tables = found.filter(({ isTable }) => isTable).map(({ why }) => why);
    if (!tables.every((why) => why === 'cells' || (why === 'line' && of.unended))) return again;
    if ((left || tables.length > 0) && !isOverdue(listing)) return 'now';
    try {
      await importOf(of, left);
    } catch (thrown) {
      if (thrown instanceof JobStopped || abort.aborted) return 'changed';
      if (!(thrown instanceof FedReconError)) throw thrown;
      // Whoever writes the table has gone on.
      if (thrown.code === 'table-changed' || thrown.code === 'files-changed') return 'now';
      if (passing.has(thrown.code)) throw thrown;
      keep(folder, { done: hash, left });
      refused = '';
      tellRefused(folder, thrown);
      return again;
    }
    refused = '';
    const made = store.imports.list(1)[0]!;
    const { last } = of;
    // A table that names none of the former parts is another one under an old name: its parts come to those that are here.
    const isSame = last?.manifest === made.manifest && made.partsKnown > 0;
    keep(folder, {
      ...{ done: hash, left, last: { import: made.id, manifest: made.manifest } },
      ...(isSame && { replaced: last.import }),
    });
    const missing = store.imports
      .problems(problemsRead, made.id)
      .find(({ code }) => code === 'image-missing');
    if (missing) sayWaits(folder, String(missing.detail.file), 'picture');
    if (store.enrolment.get()) await takePart();
    return isSame ? 'now' : again;
  }

  /**
   * Takes back the import in whose place the last one stands, unless files that it was made of are gone: who tidies a folder up, or loses
   * a drive, does not mean that nothing was measured. A file that only has another name now is not gone.
   */
  async function replace(former: number, last: number | undefined): Promise<void> {
    try {
      if (!store.imports.get(former)) return;
      const here = new Set(
        (last === undefined ? [] : store.imports.heldFiles(last)).map(({ sha256 }) => sha256),
      );
      for (const { file, sha256 } of store.imports.heldFiles(former))
        if (!here.has(sha256) && !existsSync(file)) return;
      await data.takeBack(former);
    } catch (thrown) {
      // Whoever stops it wants both imports.
      if (!(thrown instanceof JobStopped || thrown instanceof FedReconError)) throw thrown;
      log(`watch: ${describe(thrown)}`);
    }
  }

  /** Imports the folder but for some files. @throws FedReconError `id-unconfirmed`, and as an import */
  async function importOf(of: Watched, left: readonly string[] | undefined): Promise<void> {
    const { columns, empty, pictures, reading } = of;
    const found = await data['data.preview'](of);
    if (!columns && found.identity.reason === 'looks')
      throw new FedReconError('id-unconfirmed', { column: found.identity.column! });
    await data.begin({
      ...{ folder: found.folder, manifest: found.manifest, content: found.content, by: theWorkstation },
      columns: rolesOf(found, columns),
      ...(empty && { empty }),
      ...(pictures && { pictures }),
      ...(reading && { reading }),
      ...(left && { unfinished: left }),
    }).ended;
  }

  /** Whether nothing changed in the folder for so long that it is imported without what it can do without. */
  function isOverdue({ text }: FolderListing): boolean {
    if (waited.listing !== text) waited = { listing: text, looks: 0 };
    waited.looks += 1;
    return waited.looks > patience;
  }

  /** Keeps which files wait and since when, and writes those into the log that did not wait for that before. */
  function tellWaiting(folder: string, found: readonly FoundWaiting[], { files }: FolderListing): void {
    const { waiting: before = [], taken = [] } = watched() ?? {};
    const known = new Map(before.map((one) => [one.file, one]));
    const at = new Date().toISOString();
    const waiting = found.map(({ file, why }) => ({ file, why, since: known.get(file)?.since ?? at }));
    const fresh = waiting.filter(({ file, why }) => known.get(file)?.why !== why);
    if (fresh.length === 0 && waiting.length === before.length) return;
    const here = new Set(files.map(({ line }) => line));
    keep(folder, {
      waiting: waiting.length > 0 ? waiting : undefined,
      taken: taken.filter((line) => here.has(line)),
    });
    for (const { file, why } of fresh.slice(0, waitsTold)) sayWaits(folder, file, why);
    context.changed();
  }

  function sayWaits(folder: string, file: string, why: WaitReason): void {
    store.log.append({ action: 'watch.waits', actor: theWorkstation, detail: { folder, file, why } });
    context.changed();
  }

  /** Keeps where watching a folder stands, unless a person chose another one meanwhile. */
  function keep(folder: string, change: { [Name in keyof Watched]?: Watched[Name] | undefined }): void {
    const now = watched();
    if (now?.folder === folder) store.settings.set(settingNames.watch, { ...now, ...change });
  }

  /** What a person said of a folder when it was imported last, where nothing is said of how it is to be read. */
  async function asImported(wanted: WatchRequest): Promise<Partial<Watched>> {
    const { folder, reading = {}, columns, pictures } = wanted;
    if (columns || pictures || Object.keys(reading).length > 0) return {};
    const own = await realpath(folder).catch(() => folder);
    const chosen = store.imports.chosenFor(own);
    if (!chosen) return {};
    const { at, settings } = chosen;
    // What is used for nothing need not be there.
    const roles = Object.entries(settings.columns).filter(([, role]) => role !== 'ignore');
    return {
      readAs: at,
      ...(roles.length > 0 && { columns: Object.fromEntries(roles) }),
      ...(settings.reading && { reading: settings.reading }),
      ...(settings.pictures && { pictures: settings.pictures }),
      empty: wanted.empty ?? settings.empty,
    };
  }

  async function view(): Promise<WatchView> {
    const of = watched();
    const isThere = of === undefined || (await stat(of.folder).catch(() => undefined))?.isDirectory();
    const waiting = (of?.isPaused ? undefined : of?.waiting) ?? [];
    return {
      folder: of?.folder ?? null,
      isPaused: of?.isPaused ?? false,
      readAs: of?.readAs ?? null,
      missing: isThere ? null : errorView({ code: 'folder-missing', detail: { folder: of!.folder } }),
      waiting: waiting.slice(0, waitsTold),
      waitingCount: waiting.length,
      events: watchEvents(store.log.newest(watchActions, eventsRead)).slice(0, eventsShown),
    };
  }

  return {
    'data.watched': view,
    'data.pauseWatch': async ({ pause }) => {
      const of = watched();
      if (of && (of.isPaused ?? false) !== pause) {
        await end();
        store.transaction(() => {
          keep(of.folder, { isPaused: pause });
          store.log.append({
            ...{ action: pause ? 'watch.paused' : 'watch.begun', actor: actorOf(store) },
            detail: { folder: of.folder },
          });
        });
        start();
      }
      return view();
    },
    'data.takeUnfinished': async ({ file }) => {
      const of = watched();
      const line = of && (await lineOf(of.folder, file));
      if (!of || line === undefined) throw new FedReconError('watched-file-missing', { file });
      store.transaction(() => {
        const { taken = [], waiting = [] } = watched() ?? {};
        const others = waiting.filter((one) => one.file !== file);
        keep(of.folder, { taken: [...taken, line], waiting: others.length > 0 ? others : undefined });
        store.log.append({
          ...{ action: 'watch.taken', actor: actorOf(store) },
          detail: { folder: of.folder, file },
        });
      });
      context.changed();
      wake();
      return view();
    },
    'data.watch': async ({ watch: wanted }) => {
      if (wanted) assertApartFromData(store, wanted.folder);
      for (const name of Object.keys({ ...wanted?.empty, ...wanted?.pictures }))
        modalityOf(planInUse(store).plan, name);
      const asBefore = wanted && (await asImported(wanted));
      await end();
      const before = watched();
      // What was imported of a folder that stays as it is need not be imported again.
      const { done, last, replaced, waiting, left, taken, unended } =
        before && before.folder === wanted?.folder ? before : ({} as Partial<Watched>);
      store.transaction(() => {
        store.settings.set(
          settingNames.watch,
          wanted && { unended, ...wanted, ...asBefore, done, last, replaced, waiting, left, taken },
        );
        const folder = (wanted ?? before)?.folder;
        if (folder !== undefined)
          store.log.append({
            ...{ action: wanted ? 'watch.begun' : 'watch.ended', actor: actorOf(store) },
            detail: { folder },
          });
      });
      start();
      return { watching: wanted?.folder ?? null };
    },
    resume: start,
    close: end,
  };
}
