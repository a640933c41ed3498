import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calls } from '../../../main/api/contract.ts';
import { pinFrom } from '../../../main/cli/pin-from.ts';
import { peopleService, personAtWork } from '../../../main/services/people-service.ts';
import { permissionRefusal } from '../../../main/services/permission/table.ts';
import { settingsService } from '../../../main/services/settings-service.ts';
import { openStore } from '../../../main/store/store.ts';
import { policyOf } from '../../../protocol/policy.ts';
import { temporaryFolder } from '../support/folders.ts';
import { reviewedFolder } from '../support/reviewed.ts';

const lan = { person: { name: 'Lan', role: 'engineer' } } as const;
const hour = 3_600_000;
const shift = 12 * hour;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Who works at a workstation, and how often its windows were told of a change. */
async function working(folder: string = temporaryFolder()) {
  const store = await openStore(folder);
  const changed = vi.fn();
  const service = peopleService({ store, changed });
  const close = () => {
    service.close();
    store.close();
  };
  return { store, changed, close, enter: service['people.enter'], set: service['people.setPin'] };
}

it('tells the windows at the moment a shift ends, and only then', async () => {
  const { store, changed, close, enter } = await working();
  await enter(lan);
  expect(changed).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(shift - 1);
  expect(personAtWork(store)).toMatchObject({ name: 'Lan' });
  expect(changed).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(personAtWork(store)).toBeUndefined();
  expect(changed).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
  close();
});

it('counts a shift anew from each name, and none where nobody is named', async () => {
  const { changed, close, enter } = await working();
  await enter(lan);
  vi.advanceTimersByTime(11 * hour);
  await enter(lan);
  vi.advanceTimersByTime(11 * hour);
  expect(changed).toHaveBeenCalledTimes(2);
  await enter({ person: null });
  vi.advanceTimersByTime(shift);
  expect(changed).toHaveBeenCalledTimes(3);
  close();
});

it('goes on with a shift that began before the app was started, and stops when it is closed', async () => {
  const folder = temporaryFolder();
  const first = await working(folder);
  await first.enter(lan);
  first.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(11 * hour);
  const second = await working(folder);
  vi.advanceTimersByTime(hour - 1);
  expect(second.changed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(second.changed).toHaveBeenCalledTimes(1);
  expect(first.changed).toHaveBeenCalledTimes(1);
  second.close();
});

it('tells them soon after a machine wakes that slept over the end of the shift', async () => {
  const { changed, close, enter } = await working();
  await enter(lan);
  vi.setSystemTime(Date.now() + shift);
  vi.advanceTimersByTime(60_000);
  expect(changed).toHaveBeenCalledTimes(2);
  close();
});

it('holds in one program alone where it was given for one command, though that is killed', async () => {
  const { store, close, enter } = await working();
  await enter({ ...lan, isForOneCommand: true });
  expect(personAtWork(store)).toEqual({ ...lan.person, since: expect.any(String) });
  // As another program has it; all other modules stay, since test files share them.
  const again = '../../../main/services/people-service.ts?another program';
  const next = (await import(again)) as typeof import('../../../main/services/people-service.ts');
  expect([next.personAtWork(store), next.actorOf(store).role]).toEqual([undefined, 'unnamed']);
  await enter(lan);
  expect(next.personAtWork(store)).toMatchObject({ name: 'Lan' });
  close();
});

describe('a PIN', () => {
  const pin = '4711';
  const wrong = (enter: Awaited<ReturnType<typeof working>>['enter']) => enter({ ...lan, pin: '0000' });
  const refused = (code: string) => expect.objectContaining({ code });

  it('is needed for its name from then on, in its role, however the name is written', async () => {
    const { store, close, enter, set } = await working();
    await enter(lan);
    expect(personAtWork(store)).not.toHaveProperty('pin');
    await set({ pin });
    expect(personAtWork(store)).toMatchObject({ name: 'Lan', pin: true });
    await enter({ person: null });
    await expect(enter(lan)).rejects.toEqual(refused('pin-needed'));
    await expect(wrong(enter)).rejects.toEqual(refused('pin-wrong'));
    await expect(enter({ person: { name: 'ｌａｎ ', role: 'engineer' } })).rejects.toEqual(
      refused('pin-needed'),
    );
    await expect(enter({ person: { name: 'Lan', role: 'operator' }, pin })).rejects.toEqual(
      refused('pin-other-role'),
    );
    expect(personAtWork(store)).toBeUndefined();
    expect(await enter({ ...lan, pin })).toMatchObject({ pin: true });
    await expect(set({ pin: '1234' })).rejects.toEqual(refused('pin-needed'));
    await set({ pin: null, current: pin });
    expect(await enter(lan)).not.toHaveProperty('pin');
    close();
  });

  it('costs waits that grow with wrong ones, over a restart, and are over with the right one', async () => {
    const folder = temporaryFolder();
    const first = await working(folder);
    await first.enter(lan);
    await first.set({ pin });
    for (const code of ['pin-wrong', 'pin-wrong', 'pin-waits'])
      await expect(wrong(first.enter)).rejects.toEqual(refused(code));
    await expect(first.enter({ ...lan, pin })).rejects.toEqual(refused('pin-waits'));
    first.close();
    const second = await working(folder);
    await expect(second.enter({ ...lan, pin })).rejects.toMatchObject({
      code: 'pin-waits',
      detail: { seconds: 10 },
    });
    vi.setSystemTime(Date.now() + 10_000);
    await expect(wrong(second.enter)).rejects.toMatchObject({ code: 'pin-waits', detail: { seconds: 20 } });
    vi.setSystemTime(Date.now() + 20_000);
    await second.enter({ ...lan, pin });
    await expect(wrong(second.enter)).rejects.toEqual(refused('pin-wrong'));
    second.close();
  });

  it('of somebody else is reset by an administrator who gave theirs, and by nobody else', async () => {
    const { close, enter, set } = await working();
    const boss = { name: 'Mai', role: 'administrator' } as const;
    await enter(lan);
    await set({ pin });
    await enter({ person: boss });
    await expect(set({ ...lan, pin: null })).rejects.toEqual(refused('pin-not-yours'));
    await set({ pin: '2468' });
    await set({ ...lan, pin: '1357' });
    await expect(enter({ ...lan, pin })).rejects.toEqual(refused('pin-wrong'));
    await enter({ ...lan, pin: '1357' });
    await expect(set({ person: boss, pin: null })).rejects.toEqual(refused('pin-not-yours'));
    close();
  });

  it('stands in no log, no settings in the clear, and no file of the folder; the log says who gave theirs', async () => {
    const folder = temporaryFolder();
    const { store, close, enter, set } = await working(folder);
    const digits = '918273645546';
    await enter(lan);
    await set({ pin: digits });
    await enter({ ...lan, pin: digits });
    const entries = store.log.after(0, 10);
    expect(entries.map(({ action, detail }) => [action, detail.pin ?? false])).toEqual([
      ['person.entered', false],
      ['pin.set', false],
    ]);
    await enter({ person: null });
    await enter({ ...lan, pin: digits });
    expect(store.log.latest('person.entered')?.detail).toEqual({ pin: true });
    expect(await store.log.verify()).toMatchObject({ brokenAt: null });
    expect(JSON.stringify([entries, store.settings.get('pins')])).not.toContain(digits);
    close();
    for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (name.isFile())
        expect(readFileSync(join(name.parentPath, name.name)).includes(digits), name.name).toBe(false);
  });

  it('is asked for by a plan that requires one, before anything is decided or signed', async () => {
    const policy = policyOf({ policy: { uses: '', retentionDays: 1, pins: 'required' } });
    for (const name of ['review.decide', 'trust.rules', 'models.decide', 'review.export'] as const) {
      expect(permissionRefusal(calls[name], policy, 'engineer')?.code).toBe('pin-missing');
      expect(permissionRefusal(calls[name], policy, undefined)?.code).toBe('person-unknown');
      expect(permissionRefusal(calls[name], policy, 'engineer', true)).toBeUndefined();
    }
    expect(permissionRefusal(calls['review.part'], policy, undefined)).toBeUndefined();
    const optional = policyOf({ policy: { uses: '', retentionDays: 1 } });
    expect(permissionRefusal(calls['review.decide'], optional, undefined)).toBeUndefined();
  });
});

it('where this plant lives is told though the certificate that it kept cannot be read', async () => {
  const store = await openStore(await reviewedFolder(temporaryFolder()));
  const service = settingsService({ store, changed: () => {} }, { reconnect: () => {} });
  expect(await service['settings.place']({})).toMatchObject({
    folder: store.folder,
    authority: 'unreadable',
  });
  store.close();
});

it('a command reads a PIN from a file, standard input or the environment', async () => {
  const file = join(temporaryFolder(), 'pin');
  writeFileSync(file, '4711\n');
  expect(await pinFrom(file, {}, Readable.from([]))).toBe('4711');
  expect(await pinFrom('-', {}, Readable.from(['4711\n']))).toBe('4711');
  expect(await pinFrom(undefined, { FEDRECON_PIN: '4711' }, Readable.from([]))).toBe('4711');
  expect(await pinFrom(undefined, {}, Readable.from([]))).toBeUndefined();
  await expect(pinFrom('-', {}, Readable.from(['secret']))).rejects.toMatchObject({ code: 'usage' });
  await expect(pinFrom(`${file}.gone`, {}, Readable.from([]))).rejects.toMatchObject({ code: 'usage' });
});
