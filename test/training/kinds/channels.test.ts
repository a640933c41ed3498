import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundedSignal, scaleSignal, unscaleSignal } from '../../../protocol/kinds/scaling.ts';
import { parsePlan, type SignalModality } from '../../../protocol/plan.ts';
import { usuallyNothing } from '../../../training/cells/nothing.ts';
import { trainingKind } from '../../../training/kinds/index.ts';
import { rangeOf, signalScales } from '../../../training/kinds/signal-scales.ts';
import { shapeOf, shapePlan } from '../../main/support/shape-plant.ts';
import { codeOf } from '../data/support.ts';

const shape = parsePlan(shapePlan).modalities[1] as SignalModality;
const kind = trainingKind(shape);
const marks = { decimal: '.', thousands: 'none' };
const context = { column: 'area', marks, nothing: usuallyNothing, folder: { path: '/' } } as never;
const cellsOf = (values: readonly number[]) => values.map(String);

describe('unlike channels', () => {
  it('are each brought to 0…1 by its own range, with what is small beside a large offset', async () => {
    const values = [8800, 1, 0.4, 100_000.001, 0, 500];
    const read = await kind.read(shape, cellsOf(values), context);
    const encoded = await read!.encode();
    expect(encoded.record).toEqual(values);
    for (const [place, expected] of [0.5, 0.5, 0.5, 0.001, 0.5, 0.5].entries())
      expect(encoded.values[place]).toBeCloseTo(expected, 6);
    const shown = kind.shown(shape, encoded.values);
    expect(shown).toMatchObject({ values });
    expect(shown).toMatchObject({
      named: [
        { name: 'area', unit: 'px', value: 8800 },
        { name: 'holes', unit: '', value: 1 },
        { name: 'place', unit: 'mm', value: 0.4 },
        { name: 'distance', unit: 'nm', value: 100_000.001 },
        { name: 'constructor', unit: '%', value: 0 },
        { name: 'lot', unit: '', value: 500 },
      ],
    });
  });

  it('come back from the model as they went in, to a millionth of their range', () => {
    const spans = shape.channels!.map(({ range: [low, high] }) => high - low);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (shares) => {
          const values = shares.map(
            (share, place) => shape.channels![place]!.range[0] + share * spans[place]!,
          );
          const back = roundedSignal(shape, unscaleSignal(shape, scaleSignal(shape, values)), 6);
          for (const [place, value] of values.entries())
            expect(Math.abs(back[place]! - value) / spans[place]!).toBeLessThan(2e-6);
        },
      ),
    );
  });

  it('are refused one by one, by name, far outside their own range', async () => {
    const wrong = (place: number, value: number) =>
      codeOf(Promise.resolve(kind.read(shape, cellsOf(shapeOf(3).with(place, value)), context)));
    expect(await wrong(1, 17)).toBe('channel-range');
    expect(await wrong(3, 100_002)).toBe('channel-range');
    expect(await wrong(0, 17_900)).toBe('no error');
    await expect(kind.read(shape, cellsOf(shapeOf(3).with(4, 900)), context)).rejects.toMatchObject({
      cells: [
        { cell: 4, error: { detail: { channel: 'constructor', value: 900, low: -50, high: 50, unit: '%' } } },
      ],
    });
  });

  it('are taken away and changed one at a time', () => {
    const values = new Float32Array(6).fill(0.5);
    const pieces = kind.pieces(shape, values, 'groups', undefined);
    expect(pieces.map(({ label }) => 'name' in label && label.name)).toEqual(
      shape.channels!.map(({ name }) => name),
    );
    expect([...kind.changed(shape, values, { first: 1, last: 1, by: 0.25 })]).toEqual([
      0.5, 0.75, 0.5, 0.5, 0.5, 0.5,
    ]);
    expect(() => kind.changed(shape, values, { first: 0, last: 1, by: 0.25 })).toThrow(
      expect.objectContaining({ code: 'request-invalid' }),
    );
  });
});

describe('the scales that a folder asks for', () => {
  const rows = Array.from({ length: 200 }, (_, part) => shapeOf(part));

  it('are channels where the values are unlike, each with a range of its own that holds its values', () => {
    const scales = signalScales(rows, ['s_1', 's_2', 's_3', 's_4', 's_5', 's_6'], false);
    if (!('channels' in scales)) throw new Error('unlike');
    expect(scales.channels.map(({ name }) => name)).toEqual(['s_1', 's_2', 's_3', 's_4', 's_5', 's_6']);
    for (const [
      place,
      {
        range: [low, high],
      },
    ] of scales.channels.entries()) {
      const own = rows.map((row) => row[place]!);
      const [least, most] = [Math.min(...own), Math.max(...own)];
      expect(low).toBeLessThan(least);
      expect(high).toBeGreaterThan(most);
      expect(high - low).toBeLessThan(1.5 * (most - least));
    }
    const one = signalScales(rows, ['shape'], false);
    expect('channels' in one && one.channels.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => `shape ${n}`),
    );
  });

  it('are one range for readings of one sort, unless their columns have names of their own', () => {
    const alike = rows.map((_, part) => [20 + (part % 7), 21 + (part % 5)]);
    expect(signalScales(alike, ['t_1', 't_2'], false)).toMatchObject({ unit: '' });
    expect(signalScales(alike, ['left', 'right'], true)).toMatchObject({
      channels: [{ name: 'left' }, { name: 'right' }],
    });
  });

  it('have names that a plan takes, whatever columns are called', () => {
    const two = rows.map(([area, holes]) => [area!, holes!]);
    for (const columns of [
      ['__proto__', 'constructor'],
      ['a', 'a'],
      ['', ' '],
      ['x\u0000', 'ｘ'],
      ['y'.repeat(90), 'y'.repeat(91)],
    ]) {
      const scales = signalScales(two, columns, true);
      const modalities = [shapePlan.modalities[0], { ...shapePlan.modalities[1], length: 2, ...scales }];
      expect(() => parsePlan({ ...shapePlan, modalities }), columns.join()).not.toThrow();
    }
  });
});

describe('a range', () => {
  const many = (value: (index: number) => number) => Array.from({ length: 500 }, (_, index) => value(index));

  it('is as narrow as the values are spread, however far from 0', () => {
    const [low, high] = rangeOf(many((index) => 100_000 + (index % 100) / 99));
    expect(low).toBeGreaterThan(99_999.8);
    expect(low).toBeLessThan(100_000);
    expect(high).toBeGreaterThan(100_001);
    expect(high).toBeLessThan(100_001.2);
  });

  it.each([-999, -9999, 9999, 999.9, 32_767, 65_535])(
    '%d in place of every fourth reading is in no range',
    (stopgap) => {
      const readings = many((index) => (index % 4 === 0 ? stopgap : 20 + (index % 5)));
      const [low, high] = rangeOf(readings);
      expect([low > 18, high < 26]).toEqual([true, true]);
      const rows = readings.map((value, index) => [value, 20 + (index % 7), 20 + (index % 6)]);
      expect(signalScales(rows, ['a 1', 'a 2', 'a 3'], false)).toEqual({
        unit: '',
        range: [expect.closeTo(19.4, 1), expect.closeTo(26.6, 1)],
      });
    },
  );

  it.each([
    ['among others', (index: number) => 900 + (index % 100)],
    ['of a counter', (index: number) => index],
    ['that is most of what there is', (index: number) => (index % 3 === 0 ? 5 : 999)],
  ])('999 %s is a reading', (_name, value) => {
    const [, high] = rangeOf(Array.from({ length: 1200 }, (_, index) => value(index)));
    expect(high).toBeGreaterThanOrEqual(999);
  });

  it('holds rare counts, and leaves out what is far from all else', () => {
    const [, rare] = rangeOf(many((index) => (index === 7 ? 2 : index % 3 === 0 ? 1 : 0)));
    expect(rare).toBeGreaterThan(2);
    const [, fault] = rangeOf(many((index) => (index === 7 ? 99_999 : index % 100)));
    expect(fault).toBeLessThan(200);
    const [missing] = rangeOf(many((index) => (index === 7 ? -9999 : index % 3)));
    expect(missing).toBeGreaterThan(-10);
  });

  it('ends above its start for any values', () => {
    for (const values of [[1e12, 1e12 + 1e-4], [0, 5e-324], [-1e-320, 0], [3, 3], []]) {
      const [low, high] = rangeOf(values);
      expect(high).toBeGreaterThan(low);
    }
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { maxLength: 50 }),
        (values) => {
          const [low, high] = rangeOf(values);
          expect(high).toBeGreaterThan(low);
        },
      ),
    );
  });
});
