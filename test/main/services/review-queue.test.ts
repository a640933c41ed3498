import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { WorkstationEvent } from '../../../main/api/contract.ts';
import type { QueueFilter } from '../../../main/api/queue-filter.ts';
import { databaseName, type Store } from '../../../main/store/store.ts';
import { decideOn } from '../support/deciding.ts';
import { temporaryFolder } from '../support/folders.ts';
import { putImport } from '../support/imported.ts';
import { reviewedFolder } from '../support/reviewed.ts';
import { trustedFolder } from '../support/trusted.ts';
import { openWorkstation } from '../support/workstation.ts';

describe('the queue to review', () => {
  it('is handed over page by page, from either end and around a part', async () => {
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder()));
    const ask = (wish: { at?: number; after?: string; before?: string; undecidedOnly?: boolean }) =>
      api['review.queue']({ modality: 'camera', undecidedOnly: false, limit: 2, ...wish });
    const ids = ({ items }: Awaited<ReturnType<typeof ask>>) => items.map(({ id }) => id);
    const first = await ask({});
    expect(ids(first)).toEqual(['A', '=B']);
    expect(first).toMatchObject({ first: 0, length: 3, at: 0, previous: null, total: 3 });
    const second = await ask({ after: first.next! });
    expect(ids(second)).toEqual(['C']);
    expect(second).toMatchObject({ first: 2, next: null });
    expect(ids(await ask({ before: second.previous! }))).toEqual(['A', '=B']);
    const { part } = second.items[0]!;
    const around = await api['review.queue']({
      modality: 'camera',
      undecidedOnly: false,
      limit: 4,
      at: part,
    });
    expect(ids(around)).toEqual(['=B', 'C']);
    expect(around).toMatchObject({ first: 1, at: 1, next: null });
    await decideOn(api, { part, modality: 'camera', decision: 'accept' });
    const undecided = await ask({ undecidedOnly: true, at: part });
    expect(undecided).toMatchObject({ length: 2, total: 3, decided: 1 });
    expect(ids(undecided)).toEqual(['A', '=B']);
  });

  it('finds a part by its name or a piece of it, and says where it is', async () => {
    const adjust = (store: Store) =>
      putImport(store, {
        ...{ planHash: store.enrolment.get()!.planHash, file: '1'.repeat(64) },
        parts: [
          ['A2', { note: 'bar at place aa' }],
          ['A3', { camera: { file: '/a.png', sha256: '2'.repeat(64) } }],
        ],
      });
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder(), { adjust }));
    const find = async (text: string, undecidedOnly = false) =>
      (await api['review.find']({ modality: 'camera', text, undecidedOnly })).map(({ id, where }) => [
        id,
        where,
      ]);
    expect(await find('A')).toEqual([
      ['A', 'here'],
      ['A2', 'not-reconstructed'],
      ['A3', 'measured'],
    ]);
    expect(await find('zz')).toEqual([]);
    await decideOn(api, { part: 2, modality: 'camera', decision: 'reject' });
    expect(await find('=B', true)).toEqual([['=B', 'decided']]);
    expect(await find('=B')).toEqual([['=B', 'here']]);
  });

  it('is what a filter leaves of it, all that it asks for at once, and a decision moves a part in or out', async () => {
    const { api } = await openWorkstation(await trustedFolder(temporaryFolder()));
    await api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    const ask = (filter: QueueFilter, wish: { at?: number; limit?: number } = {}) =>
      api['review.queue']({ modality: 'camera', undecidedOnly: false, filter, ...wish });
    const ids = async (filter: QueueFilter) => (await ask(filter)).items.map(({ id }) => id);
    expect(await ids({ verdicts: ['use', 'check'] })).toEqual(['=B', 'A']);
    expect(await ids({ verdicts: ['none'] })).toEqual([]);
    const all = await ask({});
    const confidence = all.items.find(({ id }) => id === '=B')!.confidence;
    expect(await ids({ from: confidence, to: confidence })).toEqual(['=B']);
    expect(await ids({ verdicts: ['use'], to: confidence })).toEqual([]);
    const undecided: QueueFilter = { decisions: ['none'] };
    const byLan: QueueFilter = {
      decisions: ['accept', 'flag'],
      by: 'Lan',
      until: '2999-01-01T00:00:00.000Z',
    };
    expect(await ids(undecided)).toEqual(['C', '=B', 'A']);
    expect(await ids(byLan)).toEqual([]);
    await decideOn(api, { part: 2, modality: 'camera', decision: 'flag' });
    expect(await ids(undecided)).toEqual(['C', 'A']);
    expect(await ids(byLan)).toEqual(['=B']);
    expect(await ids({ ...byLan, since: '2999-01-01T00:00:00.000Z' })).toEqual([]);
    expect(await ids({ import: 1 })).toEqual(['C', '=B', 'A']);
    expect(await ids({ import: 2 })).toEqual([]);
    const around = await ask(undecided, { at: 1, limit: 4 });
    expect(around).toMatchObject({ first: 0, at: 1, length: 2, total: 3, next: null });
    expect(around.items.map(({ id }) => id)).toEqual(['C', 'A']);
    const found = await api['review.find']({
      modality: 'camera',
      text: '=B',
      undecidedOnly: false,
      filter: undecided,
    });
    expect(found).toMatchObject([{ id: '=B', where: 'filtered', decision: 'flag' }]);
    await decideOn(api, { part: 2, modality: 'camera', decision: null });
    expect(await ids(undecided)).toEqual(['C', '=B', 'A']);
    expect(await ids(byLan)).toEqual([]);
  });

  it('is decided on many at once, those alone that nobody decided on and that calibration says something of', async () => {
    const { api, subscribe } = await openWorkstation(await trustedFolder(temporaryFolder()));
    await api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    const decisions = async () => {
      const { items } = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
      return items.map(({ id, decision }) => [id, decision]);
    };
    const wish = { modality: 'camera', decision: 'accept' } as const;
    const all = await api['review.bulkEffect'](wish);
    const { items } = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    const [, uncertain, sure] = items.map(({ confidence }) => confidence) as [number, number, number];
    expect(all).toMatchObject({ count: 2, left: 1, uncalibrated: 0 });
    expect(all.expectedErrors).toBeCloseTo((2 - uncertain - sure) / 2, 9);
    expect(await api['review.bulkEffect']({ ...wish, above: sure })).toMatchObject({ count: 1, left: 2 });
    expect(await api['review.bulkEffect']({ ...wish, parts: [3] })).toMatchObject({
      ...{ count: 0, left: 1, expectedErrors: null },
    });
    const { revision } = all;
    const make = (count: number) => api['review.decideTogether']({ ...wish, reason: '', count, revision });
    await expect(make(3)).rejects.toMatchObject({ code: 'queue-changed' });
    await decideOn(api, { part: 2, modality: 'camera', decision: 'reject' });
    await expect(make(2)).rejects.toMatchObject({ code: 'queue-changed' });
    const heard: WorkstationEvent[] = [];
    subscribe((event) => heard.push(event));
    const { bulk, decided } = await make(1);
    expect(decided).toBe(1);
    expect(heard.find(({ type }) => type === 'decided-together')).toMatchObject({
      ...{ parts: [1], decision: 'accept', counters: { decided: 2 } },
    });
    expect(await decisions()).toEqual([
      ['C', null],
      ['=B', 'reject'],
      ['A', 'accept'],
    ]);
    const flagged = await api['review.decideTogether']({
      ...{ modality: 'camera', decision: 'flag', reason: 'wrong-kind', revision, count: 1, parts: [1, 2, 3] },
    });
    const { entries } = await api['log.list']({ limit: 1, text: '', actions: [] });
    expect(entries[0]).toMatchObject({
      ...{ action: 'decision.flag', actor: { name: 'Lan' } },
      detail: { part: 'C', reason: 'wrong-kind', bulk: flagged.bulk.id, modelVersion: 3 },
    });
    expect(await api['review.undoTogether']({ bulk: flagged.bulk, again: false })).toMatchObject({
      decided: 1,
    });
    expect(await decisions()).toEqual([
      ['C', null],
      ['=B', 'reject'],
      ['A', 'accept'],
    ]);
    expect(await api['review.undoTogether']({ bulk: flagged.bulk, again: true })).toMatchObject({
      decided: 1,
    });
    // Whoever decided otherwise since is not overruled.
    await decideOn(api, { part: 1, modality: 'camera', decision: 'flag' });
    expect(await api['review.undoTogether']({ bulk, again: false })).toMatchObject({ decided: 0 });
    expect(await decisions()).toEqual([
      ['C', 'flag'],
      ['=B', 'reject'],
      ['A', 'flag'],
    ]);
  });

  it('tells of no decision that could not be written down', async () => {
    const folder = await reviewedFolder(temporaryFolder());
    const database = new DatabaseSync(join(folder, databaseName));
    database.exec(`create trigger full before insert on log when new.detail ->> '$.part' = 'C'
      begin select raise(abort, 'no room'); end`);
    database.close();
    const { api, subscribe } = await openWorkstation(folder);
    await api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    const wish = { modality: 'camera', decision: 'flag' } as const;
    const { count, revision } = await api['review.bulkEffect'](wish);
    const heard: WorkstationEvent[] = [];
    subscribe((event) => heard.push(event));
    await expect(api['review.decideTogether']({ ...wish, reason: '', count, revision })).rejects.toThrow();
    expect(heard.filter(({ type }) => type === 'decided-together')).toEqual([]);
    const { items } = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    expect(items.map(({ decision }) => decision)).toEqual([null, null, null]);
  });

  it('is not accepted together where nobody calibrated it', async () => {
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder()));
    const effect = await api['review.bulkEffect']({ modality: 'camera', decision: 'accept' });
    expect(effect).toMatchObject({ count: 0, left: 3, uncalibrated: 3, expectedErrors: null });
    expect(await api['review.bulkEffect']({ modality: 'camera', decision: 'flag' })).toMatchObject({
      count: 3,
    });
  });

  it('keeps views under a name, and knows who decided', async () => {
    const { api } = await openWorkstation(await reviewedFolder(temporaryFolder()));
    await api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    await decideOn(api, { part: 1, modality: 'camera', decision: 'accept' });
    const view = { undecidedOnly: true, filter: { to: 0.5 } };
    await api['review.keepView']({ name: 'worst', view });
    await api['review.keepView']({ name: 'mine', view: { undecidedOnly: false, filter: { by: 'Lan' } } });
    const { people, kept } = await api['review.keepView']({
      name: 'worst',
      view: { ...view, undecidedOnly: false },
    });
    expect(people).toEqual(['Lan']);
    await decideOn(api, { part: 2, modality: 'camera', decision: 'accept' });
    await decideOn(api, { part: 2, modality: 'camera', decision: null });
    // An hour may end between two of them.
    const sums = new Map<string, number>();
    for (const { person, decision, count } of await api['review.progress']({ days: 1 }))
      sums.set(`${person} ${decision}`, (sums.get(`${person} ${decision}`) ?? 0) + count);
    expect(Object.fromEntries(sums)).toEqual({ 'Lan accept': 2, 'Lan undo': 1 });
    expect(kept.map(({ name, undecidedOnly }) => [name, undecidedOnly])).toEqual([
      ['mine', false],
      ['worst', false],
    ]);
    expect((await api['review.keepView']({ name: 'mine', view: null })).kept).toHaveLength(1);
  });

  it('stays the same for a decision, which every window is told of with its item and the counters', async () => {
    const { api, subscribe } = await openWorkstation(await reviewedFolder(temporaryFolder()));
    const before = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    const heard: WorkstationEvent[] = [];
    subscribe((event) => heard.push(event));
    const { part } = before.items[1]!;
    const outcome = await decideOn(api, { part, modality: 'camera', decision: 'flag', reason: 'blurred' });
    const item = { ...before.items[1]!, decision: 'flag' };
    const counters = { total: 3, decided: 1, again: 0 };
    expect(outcome).toMatchObject({ item, counters, decision: { decision: 'flag', reason: 'blurred' } });
    expect(heard.filter(({ type }) => type === 'decided')).toEqual([{ type: 'decided', item, counters }]);
    const after = await api['review.queue']({ modality: 'camera', undecidedOnly: false });
    expect(after).toEqual({
      ...before,
      ...counters,
      items: before.items.with(1, { ...item, decision: 'flag' }),
    });
    expect((await api['workstation.state']({})).queue).toBe(before.revision);
  });

  it('is another one, in another order, when the limits of trust are others', async () => {
    const { api } = await openWorkstation(await trustedFolder(temporaryFolder()));
    const ask = () => api['review.queue']({ modality: 'camera', undecidedOnly: false });
    const before = await ask();
    expect(before.items.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['C', 'no-ground'],
      ['=B', 'check'],
      ['A', 'use'],
    ]);
    await api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    await api['trust.rules']({ modality: 'camera', use: 1, check: 0, familiarity: 0, tolerance: null });
    const after = await ask();
    expect(after.items.map(({ verdict }) => verdict)).toEqual(['check', 'check', 'check']);
    expect(after.items.map(({ confidence }) => confidence)).toEqual(
      after.items.map(({ confidence }) => confidence).toSorted((one, other) => one - other),
    );
    expect(after.items[0]!.id).not.toBe('C');
    expect(after.revision).not.toBe(before.revision);
    expect((await api['workstation.state']({})).queue).toBe(after.revision);
  });
});
