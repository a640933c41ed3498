import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Measurement } from '../../../main/store/parts.ts';
import { atOnce } from '../../../main/store/slices.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';
import { beginImport, putImport } from '../support/imported.ts';

async function emptyStore(): Promise<Store> {
  const store = await openStore(temporaryFolder());
  onTestFinished(() => store.close());
  return store;
}

const image = (name: string) => ({ file: `/data/${name}.png`, sha256: 'f' });
const file = (name: string) => name.padEnd(64, '0');
const removing = { columns: {}, empty: { camera: 'remove' } } as const;

/** What holds, by part and modality. */
function held(store: Store): Record<string, Record<string, Measurement>> {
  const parts = store.parts.byRow().map((id) => store.parts.get(id)!);
  return Object.fromEntries(
    parts.map(({ id, name }) => [name, Object.fromEntries(store.parts.measurements(id))]),
  );
}

describe('an import', () => {
  it('is invisible until it is complete, and swept when it was killed', async () => {
    const folder = temporaryFolder();
    const before = await openStore(folder);
    const id = beginImport(before, { file: file('a'), parts: [['A', { gauge: [1] }]] });
    expect([before.parts.counts().parts, before.imports.count()]).toEqual([0, 0]);
    before.close();
    const store = await openStore(folder);
    onTestFinished(() => store.close());
    expect(store.imports.get(id)).toBeUndefined();
    expect(store.parts.find('A')).toBeUndefined();
    putImport(store, { file: file('b'), parts: [['A', { gauge: [2] }]] });
    expect(held(store)).toEqual({ A: { gauge: [2] } });
  });

  it('says when, who, what it brought, what it replaced and what it left', async () => {
    const store = await emptyStore();
    putImport(store, {
      file: file('a'),
      parts: [
        ['A', { gauge: [1], camera: image('A') }],
        ['B', { gauge: [2], camera: image('B') }],
      ],
    });
    const second = putImport(store, {
      file: file('b'),
      settings: removing,
      parts: [
        ['A', { gauge: [3] }],
        ['B', { note: 'new' }],
        ['C', { gauge: [4] }],
      ],
      // The camera is removed by an empty cell, the gauge is kept; of a part without a camera the cell says nothing.
      empty: { A: ['camera'], B: ['gauge'], C: ['camera'] },
    });
    expect(store.imports.list(10).map(({ id }) => id)).toEqual([second, 1]);
    expect(store.imports.get(second)).toMatchObject({
      by: { name: 'Lan', role: 'engineer' },
      hash: file('b'),
      partsNew: 1,
      partsKnown: 2,
      modalities: expect.arrayContaining([
        { modality: 'gauge', added: 1, replaced: 1, same: 0, removed: 0, stayed: 1 },
        { modality: 'note', added: 1, replaced: 0, same: 0, removed: 0, stayed: 0 },
        { modality: 'camera', added: 0, replaced: 0, same: 0, removed: 1, stayed: 0 },
      ]),
    });
    expect(held(store)).toEqual({
      A: { gauge: [3] },
      B: { gauge: [2], camera: image('B'), note: 'new' },
      C: { gauge: [4] },
    });
    expect(store.imports.holding(1)).toEqual(
      new Map([
        ['camera', 1],
        ['gauge', 1],
      ]),
    );
  });

  it('keeps what it replaced, and gives it back when it is undone', async () => {
    const store = await emptyStore();
    putImport(store, { file: file('a'), parts: [['A', { gauge: [1], camera: image('A') }]] });
    const before = held(store);
    const second = putImport(store, {
      file: file('b'),
      settings: removing,
      parts: [
        ['A', { gauge: [9] }],
        ['B', { gauge: [5] }],
      ],
      empty: { A: ['camera'] },
    });
    expect(held(store)).toEqual({ A: { gauge: [9] }, B: { gauge: [5] } });
    expect(atOnce(store.imports.undoing(second))).toEqual({ goes: 1, returns: 2, covered: 0 });
    expect(atOnce(store.imports.undo(second))).toEqual({ goes: 1, returns: 2, covered: 0, truths: 0 });
    expect(held(store)).toEqual(before);
    expect(store.imports.get(second)).toBeUndefined();
  });

  it('that lies under others is taken out from beneath them', async () => {
    const store = await emptyStore();
    const [first, second] = [1, 2, 3].map((value) =>
      putImport(store, {
        file: file(`${value}`),
        parts: [['A', { gauge: [value] }], ...(value === 2 ? [['B', { gauge: [7] }] as const] : [])],
      }),
    ) as [number, number];
    expect(atOnce(store.imports.undo(second))).toMatchObject({ goes: 1, returns: 0, covered: 1 });
    expect(held(store)).toEqual({ A: { gauge: [3] } });
    atOnce(store.imports.undo(first));
    expect(held(store)).toEqual({ A: { gauge: [3] } });
    expect(store.parts.list({ text: '' }, 9).parts).toMatchObject([{ name: 'A', import: 3 }]);
  });

  it('gives each value the import that it came from, with what each said', async () => {
    const store = await emptyStore();
    putImport(store, { file: file('a'), parts: [['A', { gauge: [1] }]] });
    putImport(store, { file: file('b'), table: 'monday/parts.csv', parts: [['A', { gauge: [2] }]] });
    const { id } = store.parts.find('A')!;
    expect(store.parts.place(id, 'gauge')).toEqual({ import: 2, file: file('b'), position: 0 });
    expect(store.parts.layers(id)).toMatchObject([
      { import: 2, row: 2, table: 'monday/parts.csv', value: [2], holds: true },
      { import: 1, row: 2, table: null, value: [1], holds: false },
    ]);
  });

  it('keeps of each value the table and row that it stands in itself', async () => {
    const store = await emptyStore();
    const places = { gauge: { row: 7, table: 'gauge.csv' } };
    const parts = [['A', { gauge: [1], note: 'x' }]] as const;
    putImport(store, { file: file('a'), table: 'parts.csv', places, parts });
    putImport(store, {
      ...{ file: file('b'), table: 'parts.csv', places: { note: { row: 9, table: 'notes.csv' } } },
      ...{ settings: { columns: {}, empty: { note: 'remove' } }, parts: [['A', {}]], empty: { A: ['note'] } },
    });
    expect(store.parts.layers(store.parts.find('A')!.id)).toMatchObject([
      { import: 1, modality: 'gauge', row: 7, table: 'gauge.csv' },
      { import: 2, modality: 'note', row: 9, table: 'notes.csv', value: null },
      { import: 1, modality: 'note', row: 2, table: 'parts.csv' },
    ]);
  });

  it('that names a part in an empty row and in another holds what the other says', async () => {
    const store = await emptyStore();
    putImport(store, { file: file('a'), parts: [['A', { gauge: [1] }]] });
    const settings = { columns: {}, empty: { gauge: 'remove' } } as const;
    for (const [value, parts] of [
      [2, [['A', {}] as const, ['A', { gauge: [2] }] as const]],
      [3, [['A', { gauge: [3] }] as const, ['A', {}] as const]],
    ] as const) {
      const id = putImport(store, { file: file('b'), settings, parts, empty: { A: ['gauge'] } });
      expect(held(store)).toEqual({ A: { gauge: [value] } });
      expect(store.imports.get(id)!.modalities).toMatchObject([{ replaced: 1, removed: 0 }]);
    }
  });

  it('keeps its problems, by import and all together; those of a table that is read again stand no more', async () => {
    const store = await emptyStore();
    const problem = { row: 3, column: 'gauge', code: 'number-invalid', detail: { a: 1 } };
    const read = (folder: string, part: string) => {
      const id = putImport(store, { file: file('a'), folder, parts: [[part, { gauge: [1] }]] });
      store.imports.addProblems(id, [problem]);
      return id;
    };
    const id = read('/day', 'A');
    const other = read('/night', 'A');
    expect(store.imports.problems(9)).toMatchObject([{ import: id, ...problem }, { import: other }]);
    expect(store.imports.problems(9, other)).toMatchObject([{ import: other }]);
    expect([store.imports.problemCount(), store.imports.get(id)!.problems]).toEqual([2, 1]);

    const again = read('/day', 'A');
    expect(store.imports.problems(9)).toMatchObject([{ import: other }, { import: again }]);
    expect([store.imports.problemCount(), store.imports.get(id)!.problems]).toEqual([2, 1]);
    // Under the old name lies another table.
    read('/day', 'B');
    expect(store.imports.problemCount()).toBe(3);
    atOnce(store.imports.undo(again));
    expect(store.imports.problems(9)[0]).toMatchObject({ import: id });
  });

  it('of another plan is forgotten when the plant joins, and what lay beneath it holds', async () => {
    const store = await emptyStore();
    putImport(store, { file: file('a'), parts: [['A', { gauge: [1] }]] });
    putImport(store, { file: file('b'), planHash: 'other', parts: [['A', { gauge: [2] }]] });
    atOnce(store.imports.keepOnly('plan'));
    expect(held(store)).toEqual({ A: { gauge: [1] } });
    atOnce(store.imports.keepOnly('another'));
    expect(store.parts.counts()).toMatchObject({ parts: 0, present: new Map() });
  });
});

describe('deleting', () => {
  it('measurements takes all that lies beneath, so that undoing brings nothing back', async () => {
    const store = await emptyStore();
    const both = (value: number) => [['A', { gauge: [value], note: 'n' }] as const];
    putImport(store, { file: file('a'), parts: both(1) });
    const second = putImport(store, { file: file('b'), parts: both(2) });
    const { id } = store.parts.find('A')!;
    const deletion = { parts: [id], modalities: ['gauge'] };
    expect(atOnce(store.parts.erased(deletion))).toEqual([
      { import: 1, file: file('a'), modality: 'gauge', rows: [0], left: 1 },
      { import: 2, file: file('b'), modality: 'gauge', rows: [0], left: 1 },
    ]);
    expect(atOnce(store.parts.remove(deletion))).toEqual({
      ...{ parts: 0, names: ['A'], truths: 0 },
      values: new Map([['gauge', 1]]),
    });
    atOnce(store.imports.undo(second));
    expect(held(store)).toEqual({ A: { note: 'n' } });
  });

  it('parts takes them with their reconstructions and decisions, and imports of which nothing is left', async () => {
    const store = await emptyStore();
    putImport(store, { file: file('a'), parts: [['A', { gauge: [1] }]] });
    putImport(store, { file: file('b'), parts: [['B', { gauge: [1] }]] });
    const [a, b] = store.parts.byRow() as [number, number];
    const made = {
      modality: 'camera',
      modelVersion: 1,
      planHash: 'plan',
      file: 'f',
      sigmaLow: 0,
      sigmaHigh: 1,
    };
    const row = { confidence: 0.5, sources: [], values: '' };
    store.reconstructions.replace([
      { ...made, madeAt: '', rows: [a, b].map((part, position) => ({ ...row, part, position })) },
    ]);
    const decide = () =>
      store.decisions.add({
        ...{ at: '', actor: { name: '', role: 'unnamed' }, partName: 'A', modality: 'camera' },
        ...{ decision: 'accept', reason: '' },
        shown: { ...made, fingerprint: 'a', madeAt: '', row: 0, confidence: 0.5, sources: [] },
      });
    decide();
    expect(atOnce(store.parts.remove({ parts: [a] }))).toMatchObject({ parts: 1, names: ['A'] });
    expect(store.imports.list(9).map(({ id }) => id)).toEqual([2]);
    expect(store.reconstructions.queue('camera').map(({ name }) => name)).toEqual(['B']);
    // A part of the same name that comes later is judged anew; what is in the log stays there.
    putImport(store, { file: file('c'), parts: [['A', { gauge: [1] }]] });
    expect(store.decisions.standing('A', 'camera', 'a').decision).toBeUndefined();
    decide();
    expect(store.decisions.standing('A', 'camera', 'a').decision).toMatchObject({ decision: 'accept' });
    expect(store.log.after(0, 9)).toHaveLength(2);
  });

  it('a measurement of all parts leaves the parts that have others', async () => {
    const store = await emptyStore();
    const camera = image('x');
    putImport(store, {
      file: file('a'),
      parts: [
        ['A', { gauge: [1], camera }],
        ['B', { camera }],
      ],
    });
    expect(atOnce(store.parts.remove({ modalities: ['camera'] }))).toMatchObject({ parts: 1 });
    expect(held(store)).toEqual({ A: { gauge: [1] } });
  });
});

describe('the list of parts', () => {
  const names = ['LOT7-0456', 'lot7-1000', 'Z1', '部品あ-0456', 'it’s "q"', 'LOT7-2000'];
  async function store() {
    const filled = await emptyStore();
    putImport(filled, { file: file('a'), parts: names.slice(0, 3).map((name) => [name, { gauge: [1] }]) });
    putImport(filled, { file: file('b'), parts: names.slice(3).map((name) => [name, { note: 'n' }]) });
    return filled;
  }
  const found = (filled: Store, text: string) =>
    filled.parts
      .list({ text }, 9)
      .parts.map(({ name }) => name)
      .sort();

  it('finds three characters anywhere and fewer at the beginning, whatever the case', async () => {
    const filled = await store();
    expect(found(filled, '0456')).toEqual(['LOT7-0456', '部品あ-0456']);
    expect(found(filled, 'LOT7')).toEqual(['LOT7-0456', 'LOT7-2000', 'lot7-1000']);
    expect(found(filled, 'lo')).toEqual(['LOT7-0456', 'LOT7-2000', 'lot7-1000']);
    expect(found(filled, '部')).toEqual(['部品あ-0456']);
    expect(found(filled, '品あ-')).toEqual(['部品あ-0456']);
    expect(found(filled, '"q"')).toEqual(['it’s "q"']);
    expect(found(filled, '* OR name')).toEqual([]);
    expect(found(filled, '%')).toEqual([]);
  });

  it('is read page by page, by name, by what is missing and by import', async () => {
    const filled = await store();
    for (const text of ['', 'LOT7', 'L']) {
      const all = filled.parts.list({ text }, 99).parts.map(({ id }) => id);
      const pages: number[] = [];
      let after: string | undefined;
      do {
        const page = filled.parts.list({ text }, 2, after);
        pages.push(...page.parts.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(pages).toEqual(all);
    }
    const lacking = filled.parts.list({ text: '', lacks: 'gauge' }, 9).parts;
    expect(lacking.map(({ name }) => name).sort()).toEqual(['LOT7-2000', 'it’s "q"', '部品あ-0456'].sort());
    expect(filled.parts.list({ text: 'lot', import: 1 }, 9).parts).toHaveLength(2);
    expect(filled.parts.coverage()).toEqual([
      { import: 2, parts: 3, present: new Map([['note', 3]]) },
      { import: 1, parts: 3, present: new Map([['gauge', 3]]) },
    ]);
  });
});

/** Each part's stack, as the rule says it. */
class Layers {
  readonly imports = new Map<number, Map<string, number | null>>();
  holding(): Record<string, number> {
    const holds: Record<string, number> = {};
    const keys = new Set([...this.imports.values()].flatMap((one) => [...one.keys()]));
    for (const key of keys) {
      const newest = [...this.imports].filter(([, own]) => own.has(key)).at(-1)!;
      const value = newest[1].get(key);
      if (value != null) holds[key] = value;
    }
    return holds;
  }
}

describe('whatever is imported, undone and deleted, in whatever order,', () => {
  const part = fc.constantFrom('A', 'B', 'C');
  const modality = fc.constantFrom('camera', 'gauge');
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('import' as const),
        says: fc.array(fc.tuple(part, modality, fc.boolean()), { minLength: 1, maxLength: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('undo' as const), which: fc.nat(9) }) },
    {
      weight: 1,
      arbitrary: fc.record({ what: fc.constant('delete' as const), part, modality: fc.option(modality) }),
    },
  );

  it('the newest layer that is left holds', async () => {
    const store = await emptyStore();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        atOnce(store.imports.keepOnly('none'));
        const layers = new Layers();
        let value = 0;
        for (const one of steps) {
          if (one.what === 'import') {
            const own = new Map<string, number | null>();
            const values: Record<string, Record<string, Measurement>> = {};
            const empty: Record<string, string[]> = {};
            const before = layers.holding();
            for (const [name, kind, isEmpty] of one.says) {
              const key = `${name} ${kind}`;
              if (own.has(key) || values[name]?.[kind] || empty[name]?.includes(kind)) continue;
              values[name] ??= {};
              if (isEmpty) {
                empty[name] = [...(empty[name] ?? []), kind];
                if (key in before) own.set(key, null);
              } else {
                values[name][kind] = [++value];
                own.set(key, value);
              }
            }
            const settings = { columns: {}, empty: { camera: 'remove', gauge: 'remove' } } as const;
            const id = putImport(store, { file: file('x'), settings, parts: Object.entries(values), empty });
            layers.imports.set(id, own);
          } else if (one.what === 'undo') {
            const id = [...layers.imports.keys()][one.which];
            if (id === undefined || !store.imports.get(id)) continue;
            atOnce(store.imports.undo(id));
            layers.imports.delete(id);
          } else {
            const { id } = store.parts.find(one.part) ?? {};
            if (id === undefined) continue;
            atOnce(store.parts.remove({ parts: [id], ...(one.modality && { modalities: [one.modality] }) }));
            for (const own of layers.imports.values())
              for (const key of own.keys())
                if (one.modality ? key === `${one.part} ${one.modality}` : key.startsWith(one.part))
                  own.delete(key);
          }
          const shown: Record<string, number> = {};
          for (const [name, own] of Object.entries(held(store)))
            for (const [kind, measured] of Object.entries(own))
              shown[`${name} ${kind}`] = (measured as number[])[0]!;
          expect(shown).toEqual(layers.holding());
          const { parts, present } = store.parts.counts();
          expect(parts).toBe(new Set(Object.keys(shown).map((key) => key[0])).size);
          for (const kind of ['camera', 'gauge'])
            expect(present.get(kind) ?? 0).toBe(
              Object.keys(shown).filter((key) => key.endsWith(kind)).length,
            );
        }
      }),
      { numRuns: 150 },
    );
  });
});
