import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { settingNames } from '../../../main/services/context.ts';
import { createWorkstation, type Workstation } from '../../../main/services/workstation.ts';
import { openStore } from '../../../main/store/store.ts';
import { documentHash } from '../../../protocol/canonical-json.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan } from '../support/plants.ts';
import { withTestedDevices } from '../support/tested-devices.ts';
import { jobEnd } from '../support/workstation.ts';

/** Clock of a watched folder: each wait is seen, and ends when the test says so. */
function handClock() {
  const waits: (() => void)[] = [];
  let seen = Promise.withResolvers<void>();
  return {
    settle: (abort: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        abort.throwIfAborted();
        abort.addEventListener('abort', () => reject(abort.reason), { once: true });
        waits.push(resolve);
        seen.resolve();
      }),
    /** Lets the next wait end, once somebody waits. */
    tick: async () => {
      await seen.promise;
      seen = Promise.withResolvers();
      waits.shift()!();
    },
    /** Resolves when somebody waits. */
    waiting: () => seen.promise,
    /** Ends every wait until something has happened. */
    async until(happened: Promise<unknown>) {
      let isOver = false;
      const over = happened.then(() => {
        isOver = true;
      });
      for (;;) {
        await Promise.race([over, seen.promise]);
        if (isOver) return;
        seen = Promise.withResolvers();
        for (const end of waits.splice(0)) end();
      }
    },
  };
}

async function open(dataFolder: string, settle: (abort: AbortSignal) => Promise<void>): Promise<Workstation> {
  const workstation = await createWorkstation({
    ...{ dataFolder, settle, trainingHost: forkTrainingHost(), version: 'test', threads: 1 },
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await workstation.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...workstation, close };
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
    const workstation = await open(data, clock.settle);
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
    const reopened = await open(data, later.settle);
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
    // Paused, it stays chosen, and nothing that lies there is imported before somebody goes on.
    expect(await reopened.api['data.pauseWatch']({ pause: true })).toMatchObject({ folder, isPaused: true });
    await writeFile(table, 'id,gauge,note\nD,1 2 3 4,fine\n');
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
    expect((await reopened.api['workstation.state']({})).data.parts).toBe(4);
  });
});
