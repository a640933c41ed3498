import { describe, expect, it } from 'vitest';
import { FedReconError } from '../../../protocol/errors.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { bindColumns, parseRole } from '../../../training/data/columns.ts';
import { guessColumns } from '../../../training/data/guess.ts';
import { plan } from './support.ts';

const guess = (header: string[], ...rows: string[][]) => guessColumns(plan, header, rows).roles;

describe('guessing what columns are', () => {
  it('goes by the names of the plan', () => {
    expect(guess(['id', 'camera', 'gauge', 'note'])).toEqual(['id', 'camera', 'gauge', 'note']);
  });

  it('goes by the labels of the plan in either language', () => {
    expect(guess(['部品番号', 'カメラ', '測定器', '所見'])).toEqual(['id', 'camera', 'gauge', 'note']);
    expect(guess(['Part No', 'Camera File', 'GAUGE', 'Note_text'])).toEqual([
      'id',
      'camera',
      'gauge',
      'note',
    ]);
  });

  it.each([
    ['gauge.1', 'gauge.2', 'gauge.3'],
    ['gauge_1', 'gauge_2', 'gauge_3'],
    ['gauge[1]', 'gauge[2]', 'gauge[3]'],
    ['Gauge 1', 'Gauge 2', 'Gauge 3'],
    ['gauge001', 'gauge002', 'gauge003'],
    ['gauge.0', 'gauge.1', 'gauge.2'],
  ])('finds a value a column: %s, %s, %s', (...names) => {
    expect(guess(['id', ...names])).toEqual(['id', 'gauge:1', 'gauge:2', 'gauge:3']);
  });

  it('goes by what the cells look like where names say nothing', () => {
    const rows = [
      ['K-1', 'a.png', '1 2 3', 'a long dark coat', '7'],
      ['K-2', '', '4;5;6', 'short white shirt here', '7'],
    ];
    expect(guess(['Nummer', 'Bild', 'Werte', 'Text', 'x'], ...rows)).toEqual([
      'id',
      'camera',
      'gauge',
      'note',
      'ignore',
    ]);
  });

  it('takes a column for the one category of the plan by its values, not by a name that may be of any', () => {
    const material = parsePlan({
      ...{ format: 'fedrecon-plan/2', name: 'Categories', preset: 'light', stages: plan.stages },
      modalities: [
        {
          kind: 'category',
          name: 'material',
          label: { en: 'Material', ja: '材質' },
          values: ['steel', 'brass'],
          list: 'growing',
        },
        { kind: 'text', name: 'note', label: { en: 'Note', ja: '所見' } },
      ],
    });
    const roleOf = (name: string, ...values: string[]) =>
      guessColumns(
        material,
        ['id', name],
        values.map((value, row) => [`P-${row}`, value]),
      ).roles[1];
    expect(roleOf('machine', 'A', 'B', 'A')).toBe('ignore');
    expect(roleOf('machine', 'steel', 'brass', 'steel', 'zinc')).toBe('material');
    expect(roleOf('Material', 'zinc', 'lead')).toBe('material');
  });

  it('leaves what it does not know alone', () => {
    expect(guess(['colour', 'weight', 'cameraman'], ['red', '1', 'Joe'], ['red', '2', 'Joe'])).toEqual([
      'ignore',
      'ignore',
      'ignore',
    ]);
  });
});

describe('roles of columns', () => {
  it('are an id, nothing, a modality or one value of a signal', () => {
    expect(parseRole(plan, 'id')).toBe('id');
    expect(parseRole(plan, 'ignore')).toBe('ignore');
    expect(parseRole(plan, 'note')).toMatchObject({ modality: { name: 'note' } });
    expect(parseRole(plan, 'gauge:3')).toMatchObject({ modality: { name: 'gauge' }, value: 3 });
  });

  it.each(['', 'colour', 'gauge:0', 'gauge:4', 'note:1', 'gauge:x'])('are not "%s"', (text) => {
    expect(parseRole(plan, text)).toBeUndefined();
  });

  const header = ['id', 'a', 'b', 'c', 'd'];
  it.each([
    ['a column that is not there', { e: 'note' }, 'column-missing', { column: 'e' }],
    ['a role that the plan does not know', { a: 'weight' }, 'column-role', { column: 'a', role: 'weight' }],
    [
      'one column for all of a signal beside one for a value',
      { a: 'gauge', b: 'gauge:1' },
      'column-twice',
      { column: 'a', other: 'b' },
    ],
    ['two columns with one role', { a: 'note', b: 'note' }, 'column-twice', { column: 'b', other: 'a' }],
    ['a signal with a value missing', { a: 'gauge:1', b: 'gauge:3' }, 'signal-columns', { missing: 2 }],
    [
      'nothing of the plan',
      { id: 'id', a: 'ignore' },
      'columns-unusable',
      { modalities: 'camera, gauge, note' },
    ],
  ] as const)('refuses %s', (_name, roles, code, detail) => {
    const bind = () => bindColumns(plan, header, roles);
    expect(bind).toThrow(FedReconError);
    expect(bind).toThrow(expect.objectContaining({ code, detail: expect.objectContaining(detail) }));
  });

  it('bind the columns of a signal in the order of its values', () => {
    const binding = bindColumns(plan, header, { id: 'id', d: 'gauge:1', b: 'gauge:2', a: 'gauge:3' });
    expect(binding.id).toBe(0);
    expect(binding.modalities.map(({ modality, columns }) => [modality.name, columns])).toEqual([
      ['gauge', [4, 2, 1]],
    ]);
  });
});
