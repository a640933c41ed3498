import { describe, expect, it } from 'vitest';
import type { CategoryModality } from '../../../protocol/kinds/index.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { guessColumns } from '../../../training/data/guess.ts';
import { categoryTraining } from '../../../training/kinds/category.ts';
import type { MeasuredParts } from '../../../training/kinds/looking.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { understandColumns } from '../../../training/pilot/understood-columns.ts';
import { folderWith } from '../data/support.ts';

const points = () => ({ decimal: '.', thousands: 'none' }) as const;

const label = { en: 'Material', ja: '材料' };
const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Categories',
  preset: 'light',
  modalities: [
    {
      ...{ kind: 'category', name: 'material', label, list: 'growing' },
      values: ['SUS304', 'A5052', 'S45C'],
    },
    {
      ...{ kind: 'signal', name: 'gauge', label: { en: 'Gauge', ja: 'ゲージ' } },
      ...{ length: 2, unit: '', range: [0, 1] },
    },
  ],
  stages: [{ stage: 'generators', rounds: 1 }],
});
const modality = plan.modalities[0] as CategoryModality;

/** Parts of which these materials were written. */
function written(cells: readonly string[]): MeasuredParts<CategoryModality> {
  return {
    modality,
    parts: Uint32Array.from(cells.keys()),
    rows: cells.map(() => new Float32Array(4)),
    records: cells.map((value, part) => ({ id: `P${part}`, row: part + 2, values: { material: value } })),
  };
}

function findings(cells: readonly string[]) {
  return categoryTraining.oddities.flatMap((detect) => detect(written(cells)));
}

/** Cells of `count` rows: the values one after the other. */
function cellsOf(values: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, row) => values[row % values.length]!);
}

describe('what is odd about a category', () => {
  it('is nothing where a few values come again and again', () => {
    expect(findings(cellsOf(['SUS304', 'A5052', 'S45C'], 60))).toEqual([]);
  });

  it('is a column that holds one value only', () => {
    expect(findings(cellsOf(['SUS304'], 20))).toEqual([
      {
        ...{ code: 'category-constant', affected: [], count: 20, of: 20, detail: { value: 'SUS304' } },
      },
    ]);
  });

  it('is one value written in several ways that differ in case, width and spaces', () => {
    const cells = [...cellsOf(['SUS304', 'A5052'], 40), 'sus304', 'ＳＵＳ３０４', 'SUS 304', 'sus304'];
    expect(findings(cells)).toEqual([
      {
        ...{ code: 'category-spellings', affected: [40, 43, 41, 42], count: 4, of: 44 },
        detail: { value: 'SUS304', spellings: 'sus304 · ＳＵＳ３０４ · SUS 304' },
      },
    ]);
  });

  it('is a value that stands on one part alone', () => {
    const cells = [...cellsOf(['SUS304', 'A5052'], 50), 'SUS340', 'brass'];
    expect(findings(cells)).toEqual([
      {
        ...{ code: 'category-once', affected: [50, 51], count: 2, of: 52 },
        detail: { values: 'SUS340 · brass' },
      },
    ]);
  });

  it('shows the most frequent values, and which of them the plan does not list', () => {
    const { values } = categoryTraining.summary(written([...cellsOf(['SUS304', 'wood'], 10), 'sus304']));
    expect(values).toEqual([
      { value: 'SUS304', parts: 6, isListed: true },
      { value: 'wood', parts: 5, isListed: false },
    ]);
  });
});

describe('a column without a plan', () => {
  const rows = 80;
  const kindOf = (cells: readonly string[], header = 'column') =>
    understandColumns(
      [header],
      cells.map((cell) => [cell]),
      points,
    ).measurements[0]?.kind;

  it.each([
    ['materials', cellsOf(['SUS304', 'A5052', 'S45C'], rows)],
    ['materials in two spellings', cellsOf(['steel', 'Steel', 'brass'], rows)],
    ['machines by number', cellsOf(['1', '2', '3', '4'], rows)],
    ['shifts', cellsOf(['早番', '遅番', '夜勤'], rows)],
    ['phrases that come again', cellsOf(['no defect', 'light scratch', 'deep scratch'], rows)],
    ['with names that begin as months do', cellsOf(['marble 2', '3 maybach', 'junior 1'], rows)],
    ['with a slip of the pen', [...cellsOf(['steel', 'brass'], rows), 'stel']],
  ])('of few values that come again and again is a category: %s', (_, cells) => {
    expect(kindOf(cells)).toBe('category');
  });

  it.each([
    ['ids', Array.from({ length: rows }, (_, row) => `A${row}`), undefined],
    ['lots of four parts', Array.from({ length: rows }, (_, row) => `L${Math.floor(row / 4)}`), undefined],
    ['one value', cellsOf(['steel'], rows), undefined],
    ['Japanese dates', cellsOf(['2026年1月5日', '令和8年1月6日'], rows), undefined],
    ['times of day', cellsOf(['10時30分', '11時'], rows), undefined],
    ['dates in one number', cellsOf(['20260105', '20260106'], rows), 'signal'],
    ['dates with the names of months', cellsOf(['5 Jan 2026', 'Feb-06'], rows), undefined],
    ['dates', cellsOf(['2026-03-01', '2026-03-02'], rows), undefined],
    ['times', cellsOf(['6:00', '14:00', '22:00'], rows), undefined],
    ['notes', Array.from({ length: rows }, (_, row) => `scratch ${row} on the left`), 'text'],
    ['temperatures', cellsOf(['20.5', '21.0', '21.5'], rows), 'signal'],
    ['counts of many sizes', Array.from({ length: rows }, (_, row) => `${(row * 7) % 40}`), 'signal'],
    ['pictures', cellsOf(['a.png', 'b.png'], rows), 'image'],
    ['times with a zone', cellsOf(['2026-03-01T08:15:22+09:00', '2026-03-01T09:15:22Z'], rows), undefined],
    ['lists with gaps', cellsOf(['0.5 1.5 null', 'null 2.5 3.5'], rows), undefined],
    ['what a program nests', cellsOf(['{"left": 0.5}', '{"left": 1.5}'], rows), undefined],
    ['few rows', cellsOf(['steel', 'brass'], 12), undefined],
  ])('is none of %s', (_, cells, kind) => {
    expect(kindOf(cells)).toBe(kind);
  });

  it.each(['note', 'Remarks', '備考', '備考 2', 'Ghi chú', '备注'])(
    'is none under the name of notes, %s, however few words they are made of',
    (header) => {
      expect(kindOf(cellsOf(['傷あり', '良好'], rows), header)).toBe('text');
    },
  );

  it.each([
    ['split', ['train', 'test']],
    ['用途', ['学習', '評価']],
    ['set', ['Training', 'Validation']],
    ['fold', ['0', '1', '2', '3']],
  ])('is none of what parts are set apart for, as %s says', (header, values) => {
    expect(kindOf(cellsOf(values, rows), header)).toBeUndefined();
  });

  it('is one of what a person found, whose values are named as classes are', () => {
    expect(kindOf(cellsOf(['good', 'broken'], rows), 'class')).toBe('category');
    expect(kindOf(cellsOf(['test', 'pilot'], rows), 'mode')).toBe('category');
  });

  it('of whole numbers is a value of a signal where other columns share its name', () => {
    const cells = cellsOf(['0', '1'], rows).map((cell, row) => [cell, `${(row >> 1) % 2}`]);
    expect(understandColumns(['valve 1', 'valve 2'], cells, points).measurements).toEqual([
      { kind: 'signal', header: 'valve', columns: [0, 1], length: 2 },
    ]);
  });

  it('becomes a growing list of the values that come twice or more, as they are mostly written', async () => {
    const materials = [...cellsOf(['steel', 'Steel', 'steel', 'brass'], rows), 'stel'];
    const lines = materials.map((cell, row) => `P${row},${cell},${(row * 7) % 5}.5 ${(row * 3) % 4}.5`);
    const folder = folderWith({ 'parts.csv': ['id,Material,profile', ...lines].join('\n') });
    const found = await standardPlan(folder);
    expect(found.columns).toEqual({ id: 'id', Material: 'material', profile: 'profile' });
    expect(found.plan.modalities[0]).toMatchObject({
      ...{ kind: 'category', name: 'material', list: 'growing', values: ['brass', 'steel'] },
    });
  });
});

describe('a folder of many columns', () => {
  it('becomes a plan of as many modalities as a plan may have; the columns after them are left out', async () => {
    const header = Array.from({ length: 20 }, (_, column) => `${String.fromCharCode(97 + column)}x`);
    const lines = Array.from({ length: 60 }, (_, row) =>
      header.map((_, column) => ['steel', 'brass', 'wood'][(row + column) % 3]).join(','),
    );
    const found = await standardPlan(folderWith({ 'parts.csv': [header.join(','), ...lines].join('\n') }));
    expect(found.plan.modalities).toHaveLength(16);
    expect(Object.values(found.columns).filter((role) => role === 'ignore')).toHaveLength(4);
  });
});

describe('a column with a plan', () => {
  it('is guessed to be the category by a usual name, and by its values', () => {
    const rows = cellsOf(['sus304', 'A5052'], 10).map((cell, row) => [`P${row}`, cell, '0.1 0.2']);
    expect(guessColumns(plan, ['id', '材質', 'x'], rows).roles).toEqual(['id', 'material', 'gauge']);
    expect(guessColumns(plan, ['id', 'y', 'x'], rows).roles).toEqual(['id', 'material', 'gauge']);
  });
});
