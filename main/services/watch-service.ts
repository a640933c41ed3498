import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { type ErrorDetail, FedReconError } from '../../protocol/errors.ts';
import { isTable } from '../../training/data/manifest/folder-tables.ts';
import { problemFileStart } from '../../training/data/problem-file-start.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { ErrorView, LogAction, WatchEvent, WatchView } from '../api/views.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { isErrorCode } from '../jobs/training-events.ts';
import { theWorkstation } from '../log/entries.ts';
import { type Context, settingNames } from './context.ts';
import { type Unfinished, unfinishedFile } from './data/unfinished-file.ts';
import type { DataService } from './data-service.ts';
import { describe } from './durable-jobs.ts';
import { errorView } from './error-view.ts';
import { actorOf } from './people-service.ts';

type WatchRequest = NonNullable<CheckedInput<'data.watch'>['watch']>;

/** Watched folder as it is kept, with the hash of what it held when it was last imported or refused. */
interface Watched extends WatchRequest {
  readonly done?: string;
  /** The import that this was, and its table. */
  readonly last?: { readonly import: number; readonly manifest: string };
  /** The import in whose place the last one stands: taken back as soon as nothing else runs. */
  readonly replaced?: number;
  /** It stays chosen, and nothing is imported. */
  readonly isPaused?: boolean;
}

/** Entries of the log that say what watching did. */
const watchActions = [
  'watch.begun',
  'watch.paused',
  'watch.ended',
  'watch.refused',
  'watch.waits',
  'data.imported',
] as const satisfies readonly LogAction[];
const eventsShown = 8;
/** Entries that are looked through for them: imports of a person lie between. */
const eventsRead = 100;

/** Time that nothing in a folder may change before it counts as finished. */
const settleMilliseconds = 5000;
/**
 * Looks, two minutes, that a file without a proper end is waited for while nothing changes. Then the folder is imported as
 * it is: the file may never get another end, and what is written later replaces this import.
 */
const patience = 24;
/** Problems of an import among which missing pictures are looked for. */
const problemsRead = 1000;
const isHidden = new RegExp(`(^|[/\\\\])([.~]|${problemFileStart})|\\.(tmp|part|partial|crdownload)$`, 'i');

interface WatchService extends Pick<Api, 'data.watch' | 'data.watched' | 'data.pauseWatch'> {
  /** Goes on watching after a restart. */
  resume(): void;
  close(): Promise<void>;
}

/**
 * Service of the one folder that is imported by itself, whenever what lies there is finished and new.
 * @param takePart joins rounds
 * @param settle waits as long as nothing may change
 */
export function watchService(
  context: Context,
  data: Pick<DataService, 'data.preview' | 'begin' | 'takeBack'>,
  takePart: () => Promise<unknown>,
  settle: (abort: AbortSignal) => Promise<void> = (signal) =>
    sleep(settleMilliseconds, undefined, { signal }),
): WatchService {
  const { store, log } = context;
  /** Lines of listings whose files were found whole. */
  const whole = new Set<string>();
  let waited = { listing: '', looks: 0 };
  let running: { stop: AbortController; ended: Promise<void> } | undefined;
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
      ignored: (path) => path !== folder && isHidden.test(path),
    });
    const wake = () => changed.resolve();
    watcher.on('all', wake).on('error', (thrown) => log(`watch: ${describe(thrown)}`));
    abort.addEventListener('abort', wake, { once: true });
    await Promise.race([once(watcher, 'ready'), once(abort, 'abort')]);
    try {
      while (!abort.aborted) {
        changed = Promise.withResolvers<void>();
        const found = await settled(folder, abort);
        if (found !== undefined && !(await takeUp(found, abort))) continue;
        if (!abort.aborted) await changed.promise;
      }
    } finally {
      await watcher.close();
    }
  }

  /** Listing of the folder once two looks, a while apart, agree; undefined where there is no such folder. */
  async function settled(folder: string, abort: AbortSignal): Promise<string | undefined> {
    for (let before = await listingOf(folder); ; ) {
      await settle(abort);
      const now = await listingOf(folder);
      if (now === before) return now;
      before = now;
    }
  }

  /** Imports what is finished and new. @returns false where that has to wait for another job */
  async function takeUp(listing: string, abort: AbortSignal): Promise<boolean> {
    const of = watched();
    if (!of || abort.aborted) return true;
    const hash = await contentsOf(of.folder, listing);
    if (hash === of.done && of.replaced === undefined) return true;
    const busy = context.activity.shown;
    if (busy && busy.state === 'running' && busy.phase !== 'waiting') return false;
    if (of.replaced !== undefined) {
      if (store.jobs.unfinished().length > 0) return false;
      try {
        if (store.imports.get(of.replaced)) await data.takeBack(of.replaced);
      } catch (thrown) {
        // Whoever stops it wants both imports.
        if (!(thrown instanceof JobStopped || thrown instanceof FedReconError)) throw thrown;
        log(`watch: ${describe(thrown)}`);
      }
      const { replaced: _, ...now } = of;
      keep(now);
      return false;
    }
    if (await isWaitedFor(of.folder, listing)) return false;
    try {
      const { columns, empty, pictures, reading } = of;
      const found = await data['data.preview'](of);
      if (!columns && found.identity.reason === 'looks')
        throw new FedReconError('id-unconfirmed', { column: found.identity.column! });
      await data.begin({
        ...{ folder: found.folder, manifest: found.manifest, by: theWorkstation },
        columns: columns ?? Object.fromEntries(found.columns.map(({ name, role }) => [name, role])),
        ...(empty && { empty }),
        ...(pictures && { pictures }),
        ...(reading && { reading }),
      }).ended;
    } catch (thrown) {
      if (thrown instanceof JobStopped || abort.aborted) return true;
      if (!(thrown instanceof FedReconError)) throw thrown;
      keep({ ...of, done: hash });
      store.log.append({
        ...{ action: 'watch.refused', actor: theWorkstation },
        detail: { folder: of.folder, code: thrown.code, ...thrown.detail },
      });
      context.changed();
      return true;
    }
    const made = store.imports.list(1)[0]!;
    const { last } = of;
    // A table that names none of the former parts is another one under an old name: its parts come to those that are here.
    const isSame = last?.manifest === made.manifest && made.partsKnown > 0;
    keep({
      ...{ ...of, done: hash, last: { import: made.id, manifest: made.manifest } },
      ...(isSame && { replaced: last.import }),
    });
    const missing = store.imports
      .problems(problemsRead, made.id)
      .filter(({ code }) => code === 'image-missing');
    if (missing[0]) sayWaits(of.folder, String(missing[0].detail.file), 'picture');
    if (store.enrolment.get()) await takePart();
    return !isSame;
  }

  /** Whether a file is still being written by the look of its end, and was not waited for long enough. */
  async function isWaitedFor(folder: string, listing: string): Promise<boolean> {
    const lines = listing.split('\n');
    const here = new Set(lines);
    for (const line of whole) if (!here.has(line)) whole.delete(line);
    if (waited.listing !== listing) waited = { listing, looks: 0 };
    if (waited.looks >= patience) return false;
    for (const line of lines) {
      if (whole.has(line)) continue;
      const [name] = line.split('\t');
      const why = await unfinishedFile(join(folder, name!));
      if (why) {
        if (waited.looks === 0) sayWaits(folder, name!, why);
        waited.looks += 1;
        return true;
      }
      whole.add(line);
    }
    return false;
  }

  function sayWaits(folder: string, file: string, why: Unfinished | 'picture'): void {
    store.log.append({ action: 'watch.waits', actor: theWorkstation, detail: { folder, file, why } });
    context.changed();
  }

  /** Keeps where watching stands, unless a person chose something else meanwhile. */
  function keep(next: Watched): void {
    const now = watched();
    if (now?.folder !== next.folder) return;
    const isPaused = now.isPaused ?? false;
    store.settings.set(settingNames.watch, { ...next, isPaused } satisfies Watched);
  }

  /** What watching did, newest first. */
  function events(): WatchEvent[] {
    const entries = store.log.newest(watchActions, eventsRead);
    return entries.flatMap(({ sequence, at, action, actor, detail }): WatchEvent[] => {
      const common = { entry: sequence, at, folder: String(detail.folder ?? '') };
      if (action === 'data.imported')
        return actor.role === theWorkstation.role
          ? [{ ...common, what: 'imported', parts: Number(detail.rows), problems: Number(detail.problems) }]
          : [];
      if (action === 'watch.waits')
        return [
          { ...common, what: 'waits', file: String(detail.file), why: detail.why as Unfinished | 'picture' },
        ];
      if (action !== 'watch.refused') return [{ ...common, what: stepOf[action] ?? 'ended' }];
      const { code, folder: _, ...rest } = detail;
      return [{ ...common, what: 'refused', error: refusalView(String(code), rest as ErrorDetail) }];
    });
  }

  async function view(): Promise<WatchView> {
    const of = watched();
    const isThere = of === undefined || (await stat(of.folder).catch(() => undefined))?.isDirectory();
    return {
      folder: of?.folder ?? null,
      isPaused: of?.isPaused ?? false,
      missing: isThere ? null : errorView({ code: 'folder-missing', detail: { folder: of!.folder } }),
      events: events().slice(0, eventsShown),
    };
  }

  return {
    'data.watched': view,
    'data.pauseWatch': async ({ pause }) => {
      const of = watched();
      if (of && (of.isPaused ?? false) !== pause) {
        await end();
        store.transaction(() => {
          store.settings.set(settingNames.watch, { ...of, isPaused: pause } satisfies Watched);
          store.log.append({
            ...{ action: pause ? 'watch.paused' : 'watch.begun', actor: actorOf(store) },
            detail: { folder: of.folder },
          });
        });
        start();
      }
      return view();
    },
    'data.watch': async ({ watch: wanted }) => {
      await end();
      const before = watched();
      // What was imported of a folder that stays as it is need not be imported again.
      const { done, last, replaced } =
        before && before.folder === wanted?.folder ? before : ({} as Partial<Watched>);
      store.transaction(() => {
        store.settings.set(
          settingNames.watch,
          wanted && {
            ...wanted,
            ...(done && { done }),
            ...(last && { last }),
            ...(replaced !== undefined && { replaced }),
          },
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

const stepOf: Readonly<Record<string, 'begun' | 'paused'>> = {
  'watch.begun': 'begun',
  'watch.paused': 'paused',
};

/** A refusal as the log has it; of a code that another version wrote, that it is unknown. */
function refusalView(code: string, detail: ErrorDetail): ErrorView {
  return errorView({ code: isErrorCode(code) ? code : 'internal', detail });
}

/** Files of a folder with size and time, one a line; undefined where it cannot be read. */
async function listingOf(folder: string): Promise<string | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  const files = names?.filter((name) => !isHidden.test(name)).toSorted();
  const lines: string[] = [];
  for (const name of files ?? []) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) lines.push(`${name}\t${found.size}\t${found.mtimeMs}`);
  }
  return names && lines.join('\n');
}

/** Hash of what a folder holds: of tables by their contents, of other files by name, size and time. */
async function contentsOf(folder: string, listing: string): Promise<string> {
  const hash = createHash('sha256');
  for (const line of listing.split('\n')) {
    const [name] = line.split('\t');
    if (!isTable(name!)) hash.update(`${line}\n`);
    else {
      const own = createHash('sha256');
      await pipeline(createReadStream(join(folder, name!)), own);
      hash.update(`${name}\t${own.digest('hex')}\n`);
    }
  }
  return hash.digest('hex');
}
