import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WatchView } from '../../../main/api/views.ts';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { settingNames } from '../../../main/services/context.ts';
import type { WatchPauses } from '../../../main/services/watch-service.ts';
import { createWorkstation, type Workstation } from '../../../main/services/workstation.ts';
import { openStore } from '../../../main/store/store.ts';
import { documentHash } from '../../../protocol/canonical-json.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan } from '../support/plants.ts';
import { withTestedDevices } from '../support/tested-devices.ts';
import { jobEnd } from '../support/workstation.ts';

/** Clock of a watched folder: each wait between two looks is seen, and ends when the test says so. */
function handClock() {
  const waits: (() => void)[] = [];
  let seen = Promise.withResolvers<void>();
  const wait = (abort: AbortSignal, isOver: (end: () => void, stop: (why: unknown) => void) => () => void) =>
    new Promise<void>((resolve, reject) => {
      abort.throwIfAborted();
      const over = isOver(resolve, reject);
      abort.addEventListener('abort', () => {
        waits.splice(0, waits.length, ...waits.filter((end) => end !== resolve));
        over();
      });
      waits.push(resolve);
      seen.resolve();
    });
  return {
    settle: (abort: AbortSignal) => wait(abort, (_, stop) => () => stop(abort.reason)),
    /** Ends by itself when the folder changes. */
    later: (over: AbortSignal) => wait(over, (end) => end),
    /** Lets the next wait end, once somebody waits. */
    tick: async () => {
      for (;;) {
        await seen.promise;
        seen = Promise.withResolvers();
        const end = waits.shift();
        if (end) return end();
      }
    },
    /** Resolves when somebody waits. */
    waiting: () => seen.promise,
    /** Ends every wait until something has happened. */
    async until<T>(happened: Promise<T>): Promise<T> {
      let isOver = false;
      const over = happened.then(() => {
        isOver = true;
      });
      for (;;) {
        await Promise.race([over, seen.promise]);
        if (isOver) return happened;
        seen = Promise.withResolvers();
        for (const end of waits.splice(0)) end();
      }
    },
  };
}

async function open(dataFolder: string, watchPauses: WatchPauses): Promise<Workstation> {
  const workstation = await createWorkstation({
    ...{ dataFolder, watchPauses, trainingHost: forkTrainingHost(), version: 'test', threads: 1 },
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await workstation.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...workstation, close };
}

/** Resolves with what watching shows once that is so. */
function watchedUntil(
  { api, subscribe }: Workstation,
  isSo: (view: WatchView) => boolean,
): Promise<WatchView> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const view = await api['data.watched']({});
      if (isSo(view)) resolve(view);
    };
    const hear = () => look().catch(reject);
    onTestFinished(subscribe(({ type }) => type === 'state' && hear()));
    hear();
  });
}

/** Data folder whose workstation was shown a plan. */
async function offered(): Promise<string> {
  const folder = await withTestedDevices(temporaryFolder());
  const store = await openStore(folder);
  const plan = parsePlan(tinyPlan);
  store.settings.set(settingNames.offered, { plan, hash: documentHash(plan) });
  store.close();
  return folder;
}

describe('a watched folder', () => {
  it('is imported once nothing in it changes any more, again when it has grown, and not again after a restart', async () => {
    const data = await offered();
    const folder = join(temporaryFolder(), 'plant');
    await mkdir(folder);
    const table = join(folder, 'parts.csv');
    await writeFile(table, 'id,gauge,note\nA,1 2 3 4,fine\nB,1 2');
    const clock = handClock();
    const workstation = await open(data, clock);
    const { api } = workstation;
    const parts = async () => (await api['workstation.state']({})).data.parts;
    expect(await api['data.watch']({ watch: { folder } })).toEqual({ watching: folder });

    // Between two looks the writer goes on, so it is looked at again.
    await clock.waiting();
    await appendFile(table, ' 3 4,fine\n');
    const first = jobEnd(workstation, 'import');
    await clock.tick();
    await clock.waiting();
    expect(await parts()).toBe(0);
    await clock.tick();
    expect((await first).state).toBe('done');
    expect(await parts()).toBe(2);

    const second = jobEnd(workstation, 'import');
    await appendFile(table, 'C,1 2 3 4,worn\n');
    await clock.until(second);
    expect(await parts()).toBe(3);

    await workstation.close();
    const later = handClock();
    const reopened = await open(data, later);
    await later.tick();
    // A table that cannot be told apart by id is refused, and the log says so.
    const logged = async () =>
      (await reopened.api['log.list']({ limit: 100, text: '', actions: [] })).entries;
    const refused = new Promise<void>((resolve) => {
      reopened.subscribe(async ({ type }) => {
        if (type === 'state' && (await logged())[0]?.action === 'watch.refused') resolve();
      });
    });
    await writeFile(table, 'mark,gauge\nK-1,1 2 3 4\nK-2,1 2 3 4\n');
    await later.until(refused);
    const done = (await logged()).toReversed().map(({ action, actor }) => `${action} ${actor.role}`);
    expect(done).toEqual([
      'watch.begun unnamed',
      'data.imported workstation',
      'data.imported workstation',
      'data.undone workstation',
      'watch.refused workstation',
    ]);
    // What it did is on show, the newest first, with the cure of what was refused.
    const view = await reopened.api['data.watched']({});
    expect(view).toMatchObject({ folder, isPaused: false, missing: null });
    expect(view.events).toMatchObject([
      { what: 'refused', folder, error: { code: 'id-unconfirmed', detail: { column: 'mark' } } },
      { what: 'imported', folder, parts: 3, problems: 0 },
      { what: 'imported', folder, parts: 2 },
      { what: 'begun' },
    ]);
    // A person says how it is read by importing it once, and watching goes on so.
    const once = jobEnd(reopened, 'import');
    const said = { mark: 'id', gauge: 'gauge' };
    const { content } = await reopened.api['data.preview']({ folder, columns: said });
    await reopened.api['data.import']({ ...{ folder, manifest: 'parts.csv', content }, columns: said });
    await once;
    await reopened.api['data.watch']({ watch: { folder } });
    const { imports } = await reopened.api['data.imports']({ limit: 1 });
    expect((await reopened.api['data.watched']({})).readAs).toBe(imports[0]!.at);
    const grown = jobEnd(reopened, 'import');
    await appendFile(table, 'K-3,1 2 3 4\n');
    await later.until(grown);
    expect((await reopened.api['data.parts']({ text: 'K-', limit: 9 })).parts).toHaveLength(3);
    // Paused, it stays chosen, and nothing that lies there is imported before somebody goes on.
    expect(await reopened.api['data.pauseWatch']({ pause: true })).toMatchObject({ folder, isPaused: true });
    await writeFile(table, 'mark,gauge\nK-4,1 2 3 4\n');
    expect((await reopened.api['data.pauseWatch']({ pause: true })).events[0]).toMatchObject({
      what: 'paused',
    });
    const third = jobEnd(reopened, 'import');
    expect((await reopened.api['data.pauseWatch']({ pause: false })).events[0]).toMatchObject({
      what: 'begun',
    });
    await later.until(third);
    await rm(folder, { recursive: true });
    expect((await reopened.api['data.watched']({})).missing).toMatchObject({ code: 'folder-missing' });
    expect(await reopened.api['data.watch']({ watch: null })).toEqual({ watching: null });
    expect(await reopened.api['data.watched']({})).toMatchObject({
      folder: null,
      events: [{ what: 'ended' }, {}, {}, {}, {}, {}, {}, {}],
    });
    const { parts: here } = await reopened.api['data.parts']({ text: 'K-4', limit: 9 });
    expect(here).toHaveLength(1);
  });

  it('never takes a table whose last line has no end, until a person says so; what was taken so gives way to the whole, pictures that come late included', async () => {
    const folder = join(temporaryFolder(), 'plant');
    await mkdir(folder);
    const table = join(folder, 'parts.csv');
    await writeFile(table, 'gauge,note,camera,id\n1 2 3 4,fine,a.png,P-10\n1 2 3 4,worn,a.png,P-1');
    const clock = handClock();
    const workstation = await open(await offered(), clock);
    const { api } = workstation;
    const names = async () =>
      (await api['data.parts']({ text: '', limit: 9 })).parts.map(({ name }) => name).toSorted();
    await api['data.watch']({ watch: { folder } });

    const { waiting, events } = await clock.until(
      watchedUntil(workstation, ({ waitingCount }) => waitingCount > 0),
    );
    expect(waiting).toEqual([{ file: 'parts.csv', why: 'line', since: expect.any(String) }]);
    expect(events).toMatchObject([{ what: 'waits', file: 'parts.csv', why: 'line' }, { what: 'begun' }]);
    // However often nothing changes.
    for (let look = 0; look < 60; look++) await clock.tick();
    const still = await api['data.watched']({});
    expect(still).toMatchObject({ waiting, events: [{ what: 'waits' }, { what: 'begun' }] });
    expect(await names()).toEqual([]);

    await expect(api['data.takeUnfinished']({ file: '../parts.csv' })).rejects.toMatchObject({
      code: 'watched-file-missing',
    });
    const half = jobEnd(workstation, 'import');
    expect((await api['data.takeUnfinished']({ file: 'parts.csv' })).waiting).toEqual([]);
    await clock.until(half);
    expect((await half).state).toBe('done');
    expect(await names()).toEqual(['P-1', 'P-10']);
    expect((await api['data.watched']({})).events).toContainEqual(
      expect.objectContaining({ what: 'taken', file: 'parts.csv' }),
    );

    const takenBack = jobEnd(workstation, 'undo');
    await appendFile(table, '1\n');
    await clock.until(takenBack);
    expect(await names()).toEqual(['P-10', 'P-11']);
    expect((await api['data.watched']({})).events[0]).toMatchObject({
      ...{ what: 'waits', file: 'a.png', why: 'picture' },
    });

    const completed = jobEnd(workstation, 'undo');
    await writeFile(
      join(folder, 'a.png'),
      encode({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) }),
    );
    await clock.until(completed);
    const { counts } = (await api['workstation.state']({})).data;
    expect(counts.find(({ modality }) => modality === 'camera')).toMatchObject({ present: 2 });
    expect(await names()).toEqual(['P-10', 'P-11']);
  });

  it('keeps what was measured in a picture that was tidied up, and lets go what another name or a corrected table replaces', async () => {
    const folder = join(temporaryFolder(), 'plant');
    await mkdir(folder);
    const write = (name: string, level: number) =>
      writeFile(
        join(folder, name),
        encode({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(level) }),
      );
    for (const [index, name] of ['A.png', 'B.png', 'C.png'].entries()) await write(name, index);
    const clock = handClock();
    const workstation = await open(await offered(), clock);
    const { api } = workstation;
    const names = async () =>
      (await api['data.parts']({ text: '', limit: 9 })).parts.map(({ name }) => name).toSorted();
    await api['data.watch']({ watch: { folder } });
    await clock.until(jobEnd(workstation, 'import'));
    expect(await names()).toEqual(['A', 'B', 'C']);

    await rename(join(folder, 'C.png'), join(folder, 'D.png'));
    await clock.until(jobEnd(workstation, 'undo'));
    expect(await names()).toEqual(['A', 'B', 'D']);

    await rm(join(folder, 'A.png'));
    await write('E.png', 9);
    await clock.until(jobEnd(workstation, 'import'));
    // Behind the next wait it was decided what becomes of the import before.
    for (let look = 0; look < 3; look++) await clock.tick();
    expect(await names()).toEqual(['A', 'B', 'D', 'E']);
    expect((await api['data.imports']({ limit: 9 })).total).toBe(2);
  });

  it('waits for a picture that is cut, then takes the parts without it, and completes them when it is whole; so for a last line that is said never to end', async () => {
    const folder = join(temporaryFolder(), 'plant');
    await mkdir(folder);
    const picture = encode({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) });
    await writeFile(join(folder, 'parts.csv'), 'id,gauge,camera\nA,1 2 3 4,a.png\nB,1 2 3 4,b.png');
    await writeFile(join(folder, 'a.png'), picture);
    await writeFile(join(folder, 'b.png'), picture.subarray(0, -9));
    const clock = handClock();
    const workstation = await open(await offered(), clock);
    const { api } = workstation;
    const counted = async () => {
      const { parts, counts } = (await api['workstation.state']({})).data;
      return [parts, counts.find(({ modality }) => modality === 'camera')?.present];
    };
    await api['data.watch']({ watch: { folder, unended: true } });

    const without = jobEnd(workstation, 'import');
    for (let look = 0; look < 24; look++) await clock.tick();
    await clock.waiting();
    expect(await counted()).toEqual([0, undefined]);
    await clock.until(without);
    expect(await counted()).toEqual([2, 1]);
    expect((await api['data.watched']({})).waiting).toMatchObject([
      { file: 'b.png', why: 'end' },
      { file: 'parts.csv', why: 'line' },
    ]);
    expect(await api['data.problems']({})).toMatchObject([
      { row: 3, column: 'camera', error: { code: 'file-unfinished', detail: { file: 'b.png' } } },
    ]);

    // As it is, it is no picture, and the import says so.
    const asItIs = jobEnd(workstation, 'undo');
    await api['data.takeUnfinished']({ file: 'b.png' });
    await clock.until(asItIs);
    expect(await api['data.problems']({})).toMatchObject([{ error: { code: 'image-unreadable' } }]);

    const whole = jobEnd(workstation, 'undo');
    await writeFile(join(folder, 'b.png'), picture);
    await clock.until(whole);
    expect(await counted()).toEqual([2, 2]);
    expect((await api['data.watched']({})).waiting).toMatchObject([{ file: 'parts.csv' }]);
  });
});
