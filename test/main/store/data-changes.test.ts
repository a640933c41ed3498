import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { slicePace } from '../../../main/store/slice-pace.ts';
import { atOnce, type Slices } from '../../../main/store/slices.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';
import { beginImport, putImport } from '../support/imported.ts';

const camera = { file: '/data/x.png', sha256: 'f' };
const names = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => `P${from + place}`);
const removing = { columns: {}, empty: { gauge: 'remove' } } as const;

/** A plant with parts in three layers, of which something was reconstructed, decided and found to be true. */
async function filledFolder(parts: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'filled-'));
  const store = await openStore(folder);
  putImport(store, { file: 'a', parts: names(0, parts).map((name) => [name, { gauge: [1], camera }]) });
  putImport(store, {
    file: 'b',
    planHash: 'other',
    parts: names(5, parts + 5).map((name) => [name, { gauge: [2] }]),
  });
  const made = {
    modality: 'note',
    modelVersion: 1,
    planHash: 'plan',
    file: 'f',
    sigmaLow: 0,
    sigmaHigh: 1,
    madeAt: '',
  };
  const row = { confidence: 0.5, sources: [], values: '' };
  store.reconstructions.replace([
    { ...made, rows: store.parts.byRow().map((part, position) => ({ ...row, part, position })) },
  ]);
  const decided = store.reconstructions.queue('note').find(({ name }) => name === 'P6')!;
  const shown = { ...made, fingerprint: decided.fingerprint, row: 0, confidence: 0.5, sources: [] };
  store.decisions.add({
    ...{ at: '', actor: { name: '', role: 'unnamed' }, partName: 'P6', modality: 'note' },
    ...{ decision: 'accept', reason: '', shown },
  });
  const promise = { expected: null, deviation: null, tolerance: null, verdict: null, confidence: null };
  store.truths.add(
    names(5, parts).map((partName) => ({
      ...{ at: '', planHash: 'plan', partName, modality: 'gauge', modelVersion: 1, logError: 0, route: null },
      ...{ ...promise, missed: null, widening: null, import: 2 },
    })),
  );
  store.close();
  return folder;
}

/** All that a window could show of the data, with imports by their hashes. */
function shown(store: Store) {
  const hash = (id: number) => store.imports.get(id)!.hash;
  const layersOf = (part: number) =>
    store.parts.layers(part).map(({ import: id, at: _, ...layer }) => ({ ...layer, import: hash(id) }));
  const { parts, present } = store.parts.counts();
  return {
    parts: store.parts
      .byRow()
      .map((id) => [store.parts.get(id)!.name, layersOf(id), store.reconstructions.get(id, 'note')]),
    counts: [parts, ...present],
    coverage: store.parts
      .coverage()
      .map(({ import: id, ...home }) => [hash(id), home.parts, ...home.present]),
    listed: store.parts
      .list({ text: 'P' }, 9999)
      .parts.map((part) => [part.name, part.modalities, hash(part.import)]),
    found: ['P1', 'P6', 'N7'].map((name) => store.parts.find(name)?.name),
    imports: store.imports.list(9).map(({ id, at: _, ...one }) => [one, ...store.imports.holding(id)]),
    view: atOnce(store.parts.view((file) => file)),
    queue: store.reconstructions.queue('note').length,
    decision: store.decisions.standing(
      'P6',
      'note',
      store.reconstructions.queue('note').find(({ name }) => name === 'P6')?.fingerprint ?? '',
    ),
    truths: store.truths.newest('plan', 'gauge', 9999).length,
  };
}

const few = 210;
/** Slices as short as they may be, whatever the clock says. */
const shortest: typeof slicePace = (least) => ({ items: least, took() {} });
const changes: readonly (readonly [name: string, begin: (store: Store) => () => Slices<unknown>])[] = [
  [
    'replacing by an import',
    (store) => {
      const parts = names(0, store.parts.counts().parts).map((name) => [name, { gauge: [3] }] as const);
      const empty = { P3: ['gauge'], P6: ['gauge'] };
      const said = [...parts.slice(0, 3), ...parts.slice(7), ['N7', { gauge: [4] }] as const];
      const id = beginImport(store, {
        ...{ file: 'c', settings: removing, empty },
        parts: [...said, ['P3', {}], ['P6', {}]],
      });
      return () => store.imports.activate(id);
    },
  ],
  ['undoing an import', (store) => () => store.imports.undo(2)],
  ['deleting some parts', (store) => () => store.parts.remove({ parts: store.parts.byRow().slice(3, -3) })],
  ['deleting a measurement', (store) => () => store.parts.remove({ modalities: ['gauge'] })],
  ['deleting everything', (store) => () => store.parts.remove({})],
  ['keeping to a plan', (store) => () => store.imports.keepOnly('plan')],
];

describe('the length of slices', () => {
  it('grows while they are short, shrinks when they are long, and stays between its bounds', () => {
    const pace = slicePace(100, 700);
    const itemsAfter = (times: readonly number[]) =>
      times.map((milliseconds) => {
        pace.took(milliseconds);
        return pace.items;
      });
    expect(itemsAfter([1, 1, 1, 1])).toEqual([200, 400, 700, 700]);
    expect(itemsAfter([20, 90, 90, 90, 90])).toEqual([700, 350, 175, 100, 100]);
  });
});

describe('a change of the data', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await filledFolder(few);
  });
  const opened = async (from = folder) => {
    const copy = temporaryFolder();
    cpSync(from, copy, { recursive: true });
    return { copy, store: await openStore(copy, shortest) };
  };

  it.each(changes)('by %s is seen all at once, and not at all when it is killed before', async (_, begin) => {
    const { store, copy } = await opened();
    const make = begin(store);
    const before = shown(store);
    const slices = make();
    const states: { isMade: boolean; folder: string }[] = [];
    for (let step = slices.next(); !step.done; step = slices.next()) {
      const now = shown(store);
      const isMade = states.at(-1)?.isMade || JSON.stringify(now) !== JSON.stringify(before);
      states.push({ isMade, folder: temporaryFolder() });
      // What a kill would leave: the database as it is between two transactions.
      cpSync(copy, states.at(-1)!.folder, { recursive: true });
    }
    const after = shown(store);
    store.close();
    const made = states.findIndex(({ isMade }) => isMade);
    expect([made > 1, states.length - made > 1]).toEqual([true, true]);
    expect(after).not.toEqual(before);
    for (const { isMade, folder: killed } of states) {
      const again = await openStore(killed);
      expect(shown(again)).toEqual(isMade ? after : before);
      if (!isMade) {
        atOnce(begin(again)());
        expect(shown(again)).toEqual(after);
      }
      again.close();
    }
  });

  it('is made in transactions whose length does not grow with the data', async () => {
    const large = await filledFolder(5 * few);
    for (const [name, begin] of changes) {
      const { store } = await opened(large);
      const written: number[] = [];
      const slices = begin(store)();
      for (let step = slices.next(); !step.done; step = slices.next()) written.push(step.value.rows);
      store.close();
      const all = written.reduce((sum, rows) => sum + rows, 0);
      expect({ name, most: Math.max(...written) < 3000, all: all > 3000 }).toEqual({
        name,
        most: true,
        all: true,
      });
    }
  });
});
