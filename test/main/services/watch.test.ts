import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { settingNames } from '../../../main/services/context.ts';
import { unfinishedFile } from '../../../main/services/data/unfinished-file.ts';
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

  it('waits for a table without an end, and what was imported half gives way to the whole, pictures that come late included', async () => {
    const folder = join(temporaryFolder(), 'plant');
    await mkdir(folder);
    const table = join(folder, 'parts.csv');
    await writeFile(table, 'gauge,note,camera,id\n1 2 3 4,fine,a.png,P-10\n1 2 3 4,worn,a.png,P-1');
    const clock = handClock();
    const workstation = await open(await offered(), clock.settle);
    const { api } = workstation;
    const names = async () =>
      (await api['data.parts']({ text: '', limit: 9 })).parts.map(({ name }) => name).toSorted();
    const events = async () => (await api['data.watched']({})).events;
    await api['data.watch']({ watch: { folder } });

    // It stands still, and is waited for; after two minutes it is taken as it is.
    const half = jobEnd(workstation, 'import');
    for (let look = 0; look < 24; look++) await clock.tick();
    await clock.waiting();
    expect(await names()).toEqual([]);
    expect(await events()).toMatchObject([
      { what: 'waits', file: 'parts.csv', why: 'line' },
      { what: 'begun' },
    ]);
    await clock.until(half);
    expect((await half).state).toBe('done');
    expect(await names()).toEqual(['P-1', 'P-10']);

    const takenBack = jobEnd(workstation, 'undo');
    await appendFile(table, '1\n');
    await clock.until(takenBack);
    expect(await names()).toEqual(['P-10', 'P-11']);
    expect((await events())[0]).toMatchObject({ what: 'waits', file: 'a.png', why: 'picture' });

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

  it('knows a file that is whole by its end', async () => {
    const folder = temporaryFolder();
    const png = encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) });
    const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);
    const tiff = Buffer.from('49492a0008000000000000000000', 'hex');
    const bmp = Buffer.from('424d08000000ffff', 'hex');
    const webp = Buffer.from('5249464604000000ffffffff', 'hex');
    const cases: [string, string | Uint8Array, string | undefined][] = [
      ['a.csv', 'id;x\r\n1;2\r\n', undefined],
      ['a.csv', 'id,x\n1,"2,5"\n\n', undefined],
      ['a.csv', Buffer.from('id,x\n1,2\n', 'utf16le'), undefined],
      ['a.csv', 'id,x\n1,2', 'line'],
      ['a.tsv', 'id\tx\n1\n', 'cells'],
      ['a.csv', '', 'line'],
      ['a.jsonl', '{"id":1}\n{"id":2}', undefined],
      ['a.jsonl', '{"id":1}\n{"id":', 'line'],
      ['a.parquet', 'PAR1..PAR1', undefined],
      ['a.parquet', 'PAR1..', 'end'],
      ['a.gif', 'GIF89a;', undefined],
      ['a.gif', 'GIF89a', 'end'],
      ['a.jpg', Buffer.from('ffd8ffd900', 'hex'), undefined],
      ['a.jpg', Buffer.from('ffd8ffd911', 'hex'), 'end'],
      ['a.txt', 'any', undefined],
      ...Object.entries({
        'a.png': png,
        'a.xlsx': zip,
        'a.tiff': tiff,
        'a.bmp': bmp,
        'a.webp': webp,
      }).flatMap(([name, bytes]): [string, Uint8Array, string | undefined][] => [
        [name, bytes, undefined],
        [name, bytes.subarray(0, bytes.length - 9), 'end'],
      ]),
    ];
    for (const [name, content, expected] of cases) {
      const path = join(folder, name);
      await writeFile(path, content);
      expect([name, content, await unfinishedFile(path)]).toEqual([name, content, expected]);
    }
    expect(await unfinishedFile(join(folder, 'gone.csv'))).toBeUndefined();
  });
});
