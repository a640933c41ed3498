import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DecisionEntry } from '../../../main/store/decisions.ts';
import type { Assessment } from '../../../main/store/reconstructions.ts';
import { atOnce, inTurns } from '../../../main/store/slices.ts';
import { databaseName, openStore, type Store } from '../../../main/store/store.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import { temporaryFolder } from '../support/folders.ts';
import { putImport } from '../support/imported.ts';

async function emptyStore(): Promise<Store> {
  const store = await openStore(temporaryFolder());
  onTestFinished(() => store.close());
  return store;
}

describe('reconstructions', () => {
  it('are queued least trusted first, with the decision that holds', async () => {
    const store = await emptyStore();
    const names = ['A', 'B', 'C'];
    putImport(store, { file: 'f', parts: names.map((name, place) => [name, { gauge: [place, 1.5] }]) });
    const [a, b, c] = store.parts.byRow();
    const row = (part: number, position: number, confidence: number, assessment?: Assessment) => ({
      ...{ part, position, confidence, assessment, values: `values of ${part}` },
      sources: [{ modality: 'gauge', share: 1 }],
    });
    const assessment: Assessment = {
      route: 'camera←gauge',
      ...{ logError: -2, deviation: 0.1, familiarity: 0.5, alone: { gauge: 0.5 } },
    };
    const file = {
      modality: 'camera',
      planHash: 'plan',
      file: 'f',
      sigmaLow: 0,
      sigmaHigh: 0.2,
      madeAt: '2026-01-01T00:00:00Z',
    };
    store.reconstructions.replace([
      { ...file, modelVersion: 3, rows: [row(a!, 0, 0.9), row(b!, 1, 0.2, assessment), row(c!, 2, 0.5)] },
    ]);
    const decide = (decision: DecisionEntry['decision'], at: string) =>
      store.decisions.add({
        at,
        actor: { name: 'Lan', role: 'operator' },
        partName: 'B',
        modality: 'camera',
        decision,
        reason: '',
        shown: { ...store.reconstructions.get(b!, 'camera')!, row: 1 },
      });
    const queued = () => {
      return store.reconstructions.queue('camera').map(({ name, fingerprint }) => {
        const { decision, earlier } = store.decisions.standing(name, 'camera', fingerprint);
        return [name, decision?.decision, earlier && [earlier.decision, earlier.modelVersion]];
      });
    };
    decide('reject', '2026-01-02T00:00:00Z');
    expect(queued()).toEqual([
      ['B', 'reject', undefined],
      ['C', undefined, undefined],
      ['A', undefined, undefined],
    ]);
    expect(store.reconstructions.get(b!, 'camera')!.assessment).toEqual(assessment);
    decide(null, '2026-01-03T00:00:00Z');
    expect(queued()[0]).toEqual(['B', undefined, undefined]);

    store.reconstructions.replace([{ ...file, modelVersion: 4, rows: [row(a!, 0, 0.95)] }]);
    expect(store.reconstructions.summary()).toMatchObject({ modelVersion: 4, parts: 1 });
    expect(store.reconstructions.get(b!, 'camera')).toBeUndefined();
  });

  it('take no decision with them when another stands in their place, and the same one keeps its own', async () => {
    const store = await emptyStore();
    putImport(store, { file: 'f', parts: [['A', { gauge: [1] }]] });
    const [part] = store.parts.byRow() as [number];
    const scale = { sigmaLow: 0, sigmaHigh: 1 };
    const make = (modelVersion: number, change: { values?: string; share?: number; file?: string } = {}) => {
      const { values = 'a', share = 1, file = 'f' } = change;
      const sources = [{ modality: 'gauge', share }];
      const row = { part, position: 0, confidence: 0.5, values, sources };
      store.reconstructions.replace([
        { ...{ modality: 'camera', modelVersion, planHash: 'p', file, madeAt: '' }, ...scale, rows: [row] },
      ]);
    };
    const decide = (decision: DecisionEntry['decision']) =>
      store.decisions.add({
        ...{ at: '', actor: { name: 'Lan', role: 'operator' }, partName: 'A', modality: 'camera' },
        ...{ decision, reason: '', shown: { ...store.reconstructions.get(part, 'camera')!, row: 0 } },
      });
    const standing = () => {
      const { decision, earlier } = store.decisions.standing(
        ...(['A', 'camera', store.reconstructions.get(part, 'camera')!.fingerprint] as const),
      );
      return decision?.decision ?? (earlier && `${earlier.decision} on ${earlier.modelVersion}`);
    };
    make(27);
    decide('accept');
    make(27, { file: 'made again' });
    expect(standing()).toBe('accept');
    for (const change of [{ values: 'b' }, { share: 0.5 }]) {
      make(27, change);
      expect(standing()).toBe('accept on 27');
    }
    make(28);
    expect(standing()).toBe('accept on 27');
    decide('reject');
    expect(standing()).toBe('reject');
    decide(null);
    expect(standing()).toBe('accept on 27');
    make(27);
    expect(standing()).toBe('accept');
  });
});

describe('the queue', () => {
  /** A store with nine reconstructions, three of each confidence; P4 accepted, P5 flagged and taken back, P6 accepted as it was before. */
  async function decidedFolder(): Promise<string> {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const names = Array.from({ length: 9 }, (_, place) => `P${place}`);
    putImport(store, { file: 'f', parts: names.map((name) => [name, { gauge: [1] }]) });
    const rows = store.parts.byRow().map((part, position) => ({
      ...{ part, position, values: `values of ${part}`, sources: [] },
      confidence: [0.5, 0.2, 0.9][position % 3]!,
    }));
    const made = { modality: 'camera', modelVersion: 3, planHash: 'plan', file: 'f', madeAt: '' };
    store.reconstructions.replace([{ ...made, sigmaLow: 0, sigmaHigh: 1, rows }]);
    const decide = (partName: string, decision: DecisionEntry['decision'], fingerprint?: string) => {
      const { part } = store.reconstructions.queue('camera').find(({ name }) => name === partName)!;
      const found = store.reconstructions.get(part, 'camera')!;
      store.decisions.add({
        ...{ at: '', actor: { name: 'Lan', role: 'operator' }, partName, modality: 'camera' },
        ...{ decision, reason: '', shown: { ...found, row: 0, ...(fingerprint && { fingerprint }) } },
      });
    };
    decide('P4', 'reject');
    decide('P4', 'accept');
    decide('P5', 'flag');
    decide('P5', null);
    decide('P6', 'accept', 'of what was here before');
    store.close();
    return folder;
  }
  async function opened(folder: string): Promise<Store> {
    const store = await openStore(folder);
    onTestFinished(() => store.close());
    return store;
  }
  const counters = { total: 9, decided: 1, again: 1 };

  it.each([false, true])(
    'is paged by key in both directions (undecided alone: %s)',
    async (undecidedOnly) => {
      const { reconstructions } = await opened(await decidedFolder());
      const of = { modality: 'camera', undecidedOnly };
      const all = reconstructions.queue('camera').filter(({ name }) => !undecidedOnly || name !== 'P4');
      expect(all.map(({ shown }) => shown)).toEqual(all.map(({ shown }) => shown).sort());
      const forwards: typeof all = [];
      for (;;) {
        const last = forwards.at(-1);
        const page = reconstructions.page(of, 2, last && { after: last });
        if (page.length === 0) break;
        expect(reconstructions.before(of, page[0]!)).toBe(forwards.length);
        forwards.push(...page);
      }
      expect(forwards).toEqual(all);
      expect(reconstructions.page(of, 3, { before: all[4]! })).toEqual(all.slice(1, 4));
      expect(reconstructions.page(of, 3, { before: all[1]! })).toEqual(all.slice(0, 1));
      expect(reconstructions.counters('camera')).toEqual(counters);
      expect(reconstructions.decided('camera')).toHaveLength(1);
    },
  );

  it.each([
    ['is empty', 'delete from decided'],
    ['lacks the newest', 'delete from decided where entry = (select max(entry) from decided)'],
    ['says something else', "update decided set decision = 'flag' where part_name = 'P4'"],
    ['counts what nobody decided', "insert into decision_hours values ('2026-01-01T00', 'Lan', 'flag', 1)"],
    ['says what nobody decided', "insert into decided values ('P1', 'camera', 'x', 1, 'accept')"],
  ])('has decisions that are made anew of the log where what stands beside it %s', async (_, change) => {
    const folder = await decidedFolder();
    const raw = new DatabaseSync(join(folder, databaseName));
    raw.exec(change);
    raw.close();
    const store = await opened(folder);
    // What does not reach as far as the log is seen as the store is opened.
    expect(await inTurns(store.decisions.check())).toBe(change.startsWith('delete'));
    expect(await inTurns(store.decisions.check())).toBe(true);
    expect(store.reconstructions.counters('camera')).toEqual(counters);
    const { name, fingerprint } = store.reconstructions.queue('camera').find(({ name }) => name === 'P4')!;
    expect(store.decisions.standing(name, 'camera', fingerprint).decision).toMatchObject({
      decision: 'accept',
    });
  });

  it('shows what was made before until all that takes its place is written', async () => {
    const store = await opened(await decidedFolder());
    const before = store.reconstructions.queue('camera');
    const rows = before.map(({ part, confidence }, position) => ({
      ...{ part, position, confidence, sources: [], values: `values of ${part}` },
    }));
    const made = { modality: 'camera', modelVersion: 3, planHash: 'plan', file: 'g', madeAt: '' };
    const slices = store.reconstructions.replacing([{ ...made, sigmaLow: 0, sigmaHigh: 1, rows }]);
    const revision = store.reconstructions.revision();
    slices.next();
    expect(store.reconstructions.queue('camera')).toEqual(before);
    expect(store.reconstructions.revision()).toBe(revision);
    atOnce(slices);
    // Made again alike: what was decided on it holds.
    expect(store.reconstructions.queue('camera')).toEqual(before.map((row) => ({ ...row, file: 'g' })));
    expect(store.reconstructions.counters('camera')).toEqual(counters);
    expect(store.reconstructions.revision()).not.toBe(revision);
  });
});

describe('the ledger', () => {
  it('adds up bytes, and sums repeated questions about one round', async () => {
    const store = await emptyStore();
    const entry = { at: '2026-01-01T00:00:00Z', name: 'round 1', bytes: 100, round: 1 };
    store.ledger.add({ ...entry, direction: 'down', what: 'round' });
    store.ledger.add({ ...entry, direction: 'down', what: 'round', at: '2026-01-01T00:00:01Z' });
    store.ledger.add({ ...entry, direction: 'up', what: 'module', name: 'encoder/gauge' });
    store.ledger.add({ ...entry, direction: 'up', what: 'module', name: 'encoder/gauge' });
    expect(store.ledger.totals()).toEqual({ bytesDown: 200, bytesUp: 200 });
    expect(store.ledger.list(10).map(({ what, bytes }) => [what, bytes])).toEqual([
      ['round', 200],
      ['module', 100],
      ['module', 100],
    ]);
  });
});

describe('the loss curve', () => {
  it('is thinned evenly when it is long, in the order of the rounds', async () => {
    const store = await emptyStore();
    for (let point = 100; point >= 1; point--)
      store.losses.add({ round: 1, position: point / 100, losses: { kl: point } });
    const thinned = store.losses.list(10);
    expect(thinned.map(({ position }) => position)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(thinned[0]!.losses).toEqual({ kl: 10 });
  });
});

describe('rounds, jobs and models', () => {
  it('keep where this plant stands in a round', async () => {
    const store = await emptyStore();
    const row = { round: 2, stage: 'mappings', modelVersion: 1, step: 'train', trained: undefined } as const;
    store.rounds.put(row);
    const backing = { measured: 5, completed: {} };
    const trained = {
      modules: { 'encoder/a': { sha256: 'x', bytes: 1, samples: 5, backing } },
      metrics: { kl: 1 },
    };
    store.rounds.put({ ...row, step: 'done', trained });
    expect(store.rounds.get(2)).toEqual({ ...row, step: 'done', trained });
    expect(store.rounds.contributed()).toBe(1);
  });

  it('know the jobs that no one finished', async () => {
    const store = await emptyStore();
    store.jobs.start({ id: 'a', kind: 'import', request: { folder: '/data' } });
    store.jobs.start({ id: 'b', kind: 'import', request: {} });
    store.jobs.finish('b', 'failed', { code: 'disk-full', detail: {} });
    expect(store.jobs.unfinished()).toEqual([
      { id: 'a', kind: 'import', state: 'running', request: { folder: '/data' } },
    ]);
  });

  it('forget old models but not the one that reconstructions rest on', async () => {
    const store = await emptyStore();
    for (const version of [1, 2, 3, 4])
      store.models.add({
        version,
        planHash: 'p',
        round: version,
        stage: 'generators',
        modules: {},
        serving: {},
        backing: {},
        createdAt: '2026-01-01T00:00:00Z',
      });
    store.reconstructions.replace([
      {
        modality: 'camera',
        modelVersion: 1,
        planHash: 'p',
        file: 'f',
        sigmaLow: 0,
        sigmaHigh: 1,
        madeAt: '',
        rows: [],
      },
    ]);
    store.models.keepNewest(2, 0);
    expect([1, 2, 3, 4].filter((version) => store.models.get(version))).toEqual([1, 3, 4]);
    expect(store.models.newest()!.manifest.version).toBe(4);
  });
});

describe('calibrations', () => {
  const manifest: ModelManifest = {
    ...{
      version: 3,
      planHash: 'a'.repeat(64),
      round: 3,
      stage: 'mappings',
      createdAt: '2026-01-01T00:00:00Z',
    },
    ...{ modules: {}, serving: {}, backing: {} },
  };

  it('keep what a pass made, then the sums of all plants and their files, and go with their model', async () => {
    const store = await emptyStore();
    store.models.add(manifest);
    const put = (text: string) => store.files.put(new TextEncoder().encode(text));
    const calibration = { number: 1, modelVersion: 3 };
    const made = { sums: await put('made'), numbers: 7, parts: 30 };
    store.calibrations.keep(calibration, 'moments', made);
    expect(store.calibrations.made(1, 'moments')).toEqual(made);
    expect(store.calibrations.made(1, 'scores')).toBeUndefined();
    expect(store.calibrations.of(3)).toBeUndefined();
    await store.collect(0);
    expect(await store.files.has(made.sums.sha256)).toBe(true);

    const sums = { scales: await put('scales'), moments: await put('moments'), scores: await put('scores') };
    store.calibrations.finish({ ...calibration, sums });
    expect(store.calibrations.of(3)).toEqual({ ...calibration, sums });
    await store.collect(0);
    for (const { sha256 } of Object.values(sums)) expect(await store.files.has(sha256)).toBe(true);
    expect(await store.files.has(made.sums.sha256)).toBe(false);
    store.models.keepNewest(0, 0);
    expect(store.calibrations.of(3)).toBeUndefined();
  });
});
