import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRowReader } from '../../../training/data/manifest/plain-row.ts';
import { cutRecord } from '../../../training/data/manifest/records.ts';

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(fc.boolean(), fc.nat({ max: 1e9 }), fc.nat({ max: 99999 }))
    .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}.${part}`),
);
const cell = fc.oneof(
  number,
  fc.stringMatching(/^[-+.e0-9 ]{0,8}$/),
  fc.constantFrom(
    '',
    '.',
    '-',
    '5.',
    '.5',
    '1e3',
    '部品',
    '\u302c',
    '1,5'.replace(',', '\u012c'),
    '00012',
    '1234567890123456',
  ),
);
const isPlain = (text: string) => /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15;

describe('a line without quotation marks', () => {
  it('has the numbers that Number reads, and the cells of any other line', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), fc.nat({ max: 3 }), (cells, more) => {
        const line = cells.join(';');
        const row = plainRowReader(';', cells.length + more)(7, line);
        expect(row !== undefined).toBe(cells.some((one) => /[\x21-\x7e]/.test(one)));
        if (!row) return;
        expect(row.row).toBe(7);
        const columns = Array.from({ length: cells.length + more }, (_, column) => column);
        const numbers = columns.map((column) =>
          isPlain(cells[column] ?? '') ? Number(cells[column]) : Number.NaN,
        );
        expect([...row.numbers(columns)]).toEqual(numbers);
        expect([...row.numbers(columns.toReversed())]).toEqual(numbers.toReversed());
        expect(columns.map((column) => row.cell(column))).toEqual(
          columns.map((column) => cells[column]?.trim() ?? ''),
        );
        expect(row.cells).toEqual(cutRecord(line, { delimiter: ';', quote: '"' }).cells);
      }),
    );
  });

  it('is read one after the other without touching those before', () => {
    const read = plainRowReader(',', 3000);
    const rows = Array.from({ length: 9 }, (_, row) => read(row, `${row},${row}.5,x`)!);
    expect(rows.map((row) => [...row.numbers([1, 0, 2])])).toEqual(
      rows.map((_, row) => [row + 0.5, row, Number.NaN]),
    );
  });

  it.each(['1,2,3', '', ' , ', '\u3000'])('is left to the other reader: %j', (line) => {
    expect(plainRowReader(',', 2)(1, line)).toBeUndefined();
  });
});
