import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { peopleService, personAtWork } from '../../../main/services/people-service.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';

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
  return { store, changed, close, enter: service['people.enter'] };
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
  vi.resetModules();
  const next = await import('../../../main/services/people-service.ts');
  expect([next.personAtWork(store), next.actorOf(store).role]).toEqual([undefined, 'unnamed']);
  await enter(lan);
  expect(next.personAtWork(store)).toMatchObject({ name: 'Lan' });
  close();
});
