import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TypedRow } from '../../../training/data/manifest/typed-row.ts';

it('the numbers of a typed row are those that its cells say, and nothing else is a number', () => {
  const value = fc.oneof(
    fc.double(),
    fc.bigInt(),
    fc.integer().map(BigInt),
    fc.constantFrom(null, undefined, true, new Date(0), [1, 2]),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      const row = new TypedRow(
        1,
        values.map((one) => ['', one]),
        1,
      );
      for (const [column, number] of row.numbers(values.map((_, column) => column)).entries()) {
        expect(row.cell(column)).toBe(row.cells[column]);
        if (Number.isNaN(number)) continue;
        expect(['number', 'bigint']).toContain(typeof values[column]);
        // A cell has no sign before nought.
        expect(number + 0).toBe(Number(row.cell(column)) + 0);
      }
      const isPlain = (one: unknown) => typeof one === 'number' && Number.isFinite(one);
      for (const [column, one] of values.entries()) if (isPlain(one)) expect(row.number(column)).toBe(one);
    }),
  );
});
