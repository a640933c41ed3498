import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainRowReader } from '../../../training/data/manifest/text/plain-row.ts';
import { cutRecord } from '../../../training/data/manifest/text/records.ts';

const digits = fc.stringMatching(/^\d{1,24}$/);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.option(digits),
      fc.option(fc.integer({ min: -345, max: 345 })),
    )
    .map(([sign, whole, part, exponent]) =>
      [sign, whole, part === null ? '' : `.${part}`, exponent === null ? '' : `e${exponent}`].join(''),
    ),
  fc
    .tuple(fc.boolean(), fc.nat({ max: 1e9 }), fc.nat({ max: 99999 }), fc.constantFrom('', 'E+0', 'e-07'))
    .map(([negative, whole, part, power]) => `${negative ? '-' : ''}${whole}.${part}${power}`),
);
const cell = fc.oneof(
  number,
  fc.tuple(fc.constantFrom('', ' ', '   '), number, fc.constantFrom('', ' ')).map((parts) => parts.join('')),
  fc.stringMatching(/^[-+.eE0-9 ]{0,8}$/),
  fc.constantFrom(
    ...['', '.', '-', '5.', '.5', '1e3', '1e', '1e+', '1e400', '-0', '部品', '\u302c', "5'"],
    ...['1,5'.replace(',', '\u012c'), '00012', '1234567890123456', '9007199254740993', '\ufffd'],
  ),
);
const numberOf = (text: string) => {
  const value = /^ *-?\d+(\.\d+)?(e[-+]?\d+)? *$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
};
const blocksOf = (...lines: string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''));

describe('a line without quotation marks', () => {
  it('has the numbers that Number reads, and the cells of any other line', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 8 }),
        fc.nat({ max: 3 }),
        fc.constantFrom('', '\r'),
        (cells, more, end) => {
          const line = cells.join(';');
          const reader = plainRowReader(';', '"', cells.length + more);
          const text = blocksOf('before', `${line}${end}`, '9;9');
          const row = reader.read(7, text, 7);
          expect(row !== undefined).toBe(cells.some((one) => /[\x21-\x7e]/.test(one)));
          if (!row) return;
          expect(row.row).toBe(7);
          expect(text.toString('utf8', reader.next)).toBe('9;9\n');
          const columns = Array.from({ length: cells.length + more }, (_, column) => column);
          const numbers = columns.map((column) => numberOf(cells[column] ?? ''));
          expect([...row.numbers(columns)]).toEqual(numbers);
          expect([...row.numbers(columns.toReversed())]).toEqual(numbers.toReversed());
          expect(columns.map((column) => row.cell(column))).toEqual(
            columns.map((column) => cells[column]?.trim() ?? ''),
          );
          expect(row.cells).toEqual(cutRecord(line, { delimiter: ';', quote: '"' }).cells);
          expect(row.isDamaged).toBe(line.includes('\ufffd'));
        },
      ),
    );
  });

  it('is read one after the other without touching those before', () => {
    const reader = plainRowReader(',', '"', 3000);
    const text = blocksOf(...Array.from({ length: 9 }, (_, row) => `${row},${row}.5,x`));
    const rows = Array.from({ length: 9 }, (_, row) => reader.read(row, text, row === 0 ? 0 : reader.next)!);
    expect(rows.map((row) => [...row.numbers([1, 0, 2])])).toEqual(
      rows.map((_, row) => [row + 0.5, row, Number.NaN]),
    );
  });

  it.each(['1,2,3', '', ' , ', '\u3000', '"1",2', '1,2"'])('is left to the other reader: %j', (line) => {
    expect(plainRowReader(',', '"', 2).read(1, blocksOf(line), 0)).toBeUndefined();
  });

  it('may hold any mark where none quotes', () => {
    expect(plainRowReader(',', 'none', 2).read(1, blocksOf('5",x'), 0)!.cells).toEqual(['5"', 'x']);
  });
});
