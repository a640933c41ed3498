import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { FedReconError } from '../../../protocol/errors.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { cellText } from '../../../training/data/manifest/typed-table.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { fiveRows, oddTypes, parquetFiles, twiceNamed } from './parquet-files.ts';
import { codeOf, folderWith, plan } from './support.ts';
import { zip } from './workbook-files.ts';

async function read(name: string, content: string | Uint8Array, settings: ReadingSettings = {}) {
  const manifest = await openManifest(join(folderWith({ [name]: content }), name), settings);
  const rows: unknown[] = [];
  for await (const row of manifest.rows())
    rows.push('cells' in row ? [row.row, ...row.cells] : [row.row, row.problem.code]);
  return { columns: manifest.columns, rows, found: manifest.found };
}

describe('JSON lines', () => {
  const lines = (...objects: string[]) => `${objects.join('\n')}\n`;

  it('are read by name, whatever the order of the names, and rows are counted as lines', async () => {
    const table = lines('{"id":"A1","force":12.50}', '', '{"force":-1e-3,"id":"A2","note":"傷あり"}');
    const { columns, rows, found } = await read('parts.jsonl', table);
    expect(columns).toEqual(['id', 'force', 'note']);
    expect(rows).toEqual([
      [1, 'A1', '12.50', ''],
      [3, 'A2', '-1e-3', '傷あり'],
    ]);
    expect(found.format).toBe('json-lines');
  });

  it('keep all digits of a long serial number', async () => {
    const { rows } = await read('parts.ndjson', lines('{"id":90071992547409931234,"force":1}'));
    expect(rows).toEqual([[1, '90071992547409931234', '1']]);
  });

  it('may hold lists, and objects in objects', async () => {
    const { columns, rows } = await read(
      'p.jsonl',
      lines('{"id":"a","gauge":[1,2.50,null],"at":{"x":1,"y":true}}'),
    );
    expect(columns).toEqual(['id', 'gauge', 'at.x', 'at.y']);
    expect(rows).toEqual([[1, 'a', '1 2.50 null', '1', 'true']]);
  });

  it('keep the place of a value in a list that is not there', async () => {
    const { rows } = await read('p.jsonl', lines('{"id":"a","g":[1,null,5]}', '{"id":"b","g":[null,null]}'));
    expect(rows).toEqual([
      [1, 'a', '1 null 5'],
      [2, 'b', ''],
    ]);
  });

  it('keep lists in a list apart, of which the values would be one list', async () => {
    const { rows } = await read('p.jsonl', lines('{"id":"a","g":[[0,1.50],[1,2]]}'));
    expect(rows).toEqual([[1, 'a', '[[0,1.50],[1,2]]']]);
  });

  it('are read in the encoding that they are in, and say which', async () => {
    const text = lines('{"id":"a","note":"傷あり 良品"}', '{"id":"b","note":"端部に大きなバリ"}');
    const sjis = Buffer.from(
      '7b226964223a2261222c226e6f7465223a228f9d82a082e82097c79569227d0a7b226964223a2262222c226e6f7465223a22925b959482c991e582ab82c8836f838a227d0a',
      'hex',
    );
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [content, encoding] of [
      [sjis, 'Shift_JIS'],
      [utf16, 'UTF-16LE'],
      [text, 'UTF-8'],
    ] as const) {
      const { rows, found } = await read('p.jsonl', content);
      expect([found.encoding!.value, ...rows]).toEqual([
        encoding,
        [1, 'a', '傷あり 良品'],
        [2, 'b', '端部に大きなバリ'],
      ]);
    }
  });

  it('point out names that differ only in how they are written', async () => {
    const { rows } = await read('p.jsonl', lines('{"id":"a","Force":1}', '{"id":"b","force":2}'));
    expect(rows).toEqual([
      [1, 'names-near'],
      [1, 'a', '1', ''],
      [2, 'b', '', '2'],
    ]);
  });

  it('tell that units beside the numbers are not read, where they are several', async () => {
    const folder = folderWith({
      'parts.csv': `id,force,force unit,note\n${[1, 2, 3, 4].map((at) => `A${at},${at},${at === 3 ? 'kN' : 'Nm'},fine`).join('\n')}\n`,
    });
    const { unread } = await preview(plan, folder);
    expect(unread.map(({ code, column, detail }) => [code, column, detail.units])).toEqual([
      ['units-unread', 'force unit', 'Nm, kN'],
    ]);
  });

  it('do not make two values of a number with a comma, in a standard plan or by one of two values', async () => {
    const objects = Array.from({ length: 24 }, (_, at) =>
      JSON.stringify({ id: `A${at}`, force: `${at},5`, width: at / 2, place: [at, at + 5] }),
    );
    const folder = folderWith({ 'parts.jsonl': lines(...objects) });
    const { plan: made, columns } = await standardPlan(folder, undefined, undefined, { least: 1 });
    expect(columns.force).toBe('force');
    expect(made.modalities).toMatchObject([{ length: 1 }, { length: 1 }, { length: 2 }]);
    const two = parsePlan({
      ...plan,
      modalities: [{ ...plan.modalities[1], length: 2 }, plan.modalities[2]],
    });
    const seen = await preview(two, folder, 'parts.jsonl', {
      force: 'gauge',
      width: 'ignore',
      place: 'ignore',
    });
    expect(seen.problems[0]).toMatchObject({ code: 'signal-length', row: 1, column: 'force' });
  });

  it('list each line that is no object, or names a column twice', async () => {
    const table = lines(
      '{"id":"a","x":1}',
      '{"id":"b",',
      '[1]',
      '7',
      '{"a":{"b":1},"a.b":2}',
      '{"id":"c","x":2}',
      '{"id":"d","x":3,"x":4}',
      '{"id":"e","at":{"y":1, "y" :1}}',
      '{"id":"f: \\"x\\": ","x":5}',
    );
    const { rows } = await read('parts.jsonl', table);
    expect(rows.map((row) => (row as unknown[]).slice(0, 2))).toEqual([
      [1, 'a'],
      [2, 'row-json'],
      [3, 'row-json'],
      [4, 'row-json'],
      [5, 'row-json'],
      [6, 'c'],
      [7, 'row-json'],
      [8, 'row-json'],
      [9, 'f: "x":'],
    ]);
  });

  it('may name columns as everything is named', async () => {
    const { columns, rows } = await read('parts.jsonl', lines('{"id":"a","__proto__":1,"constructor":2}'));
    expect(columns).toEqual(['id', '__proto__', 'constructor']);
    expect(rows).toEqual([[1, 'a', '1', '2']]);
  });

  it('become parts', async () => {
    const table = lines('{"id":"A1","gauge":[1,2,3],"note":"ok"}', '{"id":"A2","gauge":[1,2]}');
    const seen = await preview(plan, folderWith({ 'parts.jsonl': table }));
    expect(seen.reading.format).toBe('json-lines');
    expect(seen.reading.marks.reason).toBe('typed');
    expect(seen.parts[0]).toEqual({ row: 1, id: 'A1', shown: { gauge: '1 2 3', note: 'ok' } });
    expect(seen.problems).toMatchObject([
      { row: 2, column: 'gauge', code: 'signal-length' },
      { row: 2, column: '', code: 'part-empty' },
    ]);
  });
});

it('a TSV keeps the commas of its cells', async () => {
  const { columns, rows, found } = await read('parts.tsv', 'id\tforce\tnote\nA1\t1,5\ta, b\nA2\t2,5\t"c"\n');
  expect(columns).toEqual(['id', 'force', 'note']);
  expect(rows).toEqual([
    [2, 'A1', '1,5', 'a, b'],
    [3, 'A2', '2,5', 'c'],
  ]);
  expect(found.delimiter?.value).toBe('\t');
});

describe('a workbook', () => {
  const table = [
    ['id', 'force', 'at', 'note', 'ok'],
    ['A1', 12.5, new Date('2026-01-02T03:04:05Z'), '傷あり', true],
    [],
    ['A2', 0.1, new Date('2026-01-03T00:00:00Z'), '#N/A', null],
  ];
  const book = (...sheets: { name: string; rows: unknown[][]; hidden?: boolean }[]) =>
    writeXlsx({ sheets: sheets as never });

  it('has typed cells, times as ISO texts, and rows as Excel counts them', async () => {
    const { columns, rows, found } = await read('parts.xlsx', await book({ name: 'Parts', rows: table }));
    expect(columns).toEqual(['id', 'force', 'at', 'note', 'ok']);
    expect(rows).toEqual([
      [2, 'A1', '12.5', '2026-01-02T03:04:05', '傷あり', 'true'],
      [4, 'A2', '0.1', '2026-01-03', '#N/A'],
    ]);
    expect(found.format).toBe('workbook');
    expect(found.sheet).toEqual({ value: 'Parts', confidence: 1, reason: 'usual' });
  });

  it('may have lines above its header', async () => {
    const above = [['検査表', null, null, null, null], ['2026-01-02', null, null, null, null], []];
    const { columns, rows, found } = await read(
      'a.xlsx',
      await book({ name: 'S', rows: [...above, ...table] }),
    );
    expect(columns).toEqual(['id', 'force', 'at', 'note', 'ok']);
    expect(found.header?.value).toBe(4);
    expect(rows.map((row) => (row as unknown[])[0])).toEqual([5, 7]);
  });

  it('is not read by a cover of a few cells before it', async () => {
    const cover = [['Prüfbericht'], ['Stand', '2026-03-01']];
    const bytes = await book(
      { name: 'Deckblatt', rows: cover },
      {
        name: 'Messwerte',
        rows: [
          ['id', 'Kraft [N]'],
          ['A', 1.5],
          ['B', 2.5],
        ],
      },
    );
    const { found, columns } = await read('a.xlsx', bytes);
    expect(found.sheet).toMatchObject({ value: 'Messwerte', confidence: 0.5 });
    expect(columns).toEqual(['id', 'Kraft [N]']);
  });

  it('is read by the sheet that is chosen, and says that it was not sure without', async () => {
    const other = [
      ['id', 'force'],
      ['B1', 7],
      ['B2', 8],
    ];
    const bytes = await book(
      { name: 'Cover', rows: [['Report']] },
      { name: 'One', rows: table },
      { name: '二', rows: other },
    );
    const first = await read('a.xlsx', bytes);
    expect(first.found.sheet).toEqual({ value: 'One', confidence: 0.5, reason: 'usual' });
    expect(first.found.sheets).toEqual(['Cover', 'One', '二']);
    const chosen = await read('a.xlsx', bytes, { sheet: '二' });
    expect(chosen.rows).toEqual([
      [2, 'B1', '7'],
      [3, 'B2', '8'],
    ]);
    const refused = await read('a.xlsx', bytes, { sheet: 'Two' }).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(FedReconError);
    expect(refused).toMatchObject({ code: 'sheet-missing', detail: { sheets: 'Cover, One, 二' } });
  });

  it('is refused where it is none, or damaged', async () => {
    const ole = (name: string) =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from(name, 'utf16le'),
      ]);
    const others: readonly (readonly [content: string | Buffer, code: string, format?: string])[] = [
      ['id,force\nA1,2\n', 'table-format', 'a text file under another name'],
      ['<html><table>', 'table-format', 'a web page or XML'],
      [ole('EncryptedPackage'), 'table-protected'],
      [ole('Workbook'), 'table-format', 'an old Excel workbook (.xls)'],
      [zip({ 'xl/workbook.bin': '' }), 'table-format', 'a binary Excel workbook (.xlsb)'],
      [Buffer.from([0, 1, 2]), 'table-unreadable'],
    ];
    for (const [content, code, format] of others)
      await expect(read('a.xlsx', content)).rejects.toMatchObject({ code, detail: format ? { format } : {} });
    const bytes = await book({ name: 'S', rows: table });
    expect(await codeOf(read('a.xlsx', bytes.slice(0, -40)))).toBe('table-unreadable');
  });

  it('is refused by what it unpacks to, before it is unpacked', async () => {
    expect(await codeOf(read('a.xlsx', bomb(1 << 30)))).toBe('table-large');
  });

  it('is refused if it says that it unpacks to nothing', async () => {
    expect(await codeOf(read('a.xlsx', bomb(0)))).toBe('table-unreadable');
  });
});

/** Archive of one file of zeros that says to unpack to so many bytes. */
function bomb(unpacked: number): Uint8Array {
  const name = Buffer.from('xl/workbook.xml');
  const packed = deflateRawSync(Buffer.alloc(1 << 16));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(unpacked, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(unpacked, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

describe('Parquet', () => {
  it.each(Object.entries(parquetFiles))(
    'is read in groups of rows, compressed by %s',
    async (_name, content) => {
      const { columns, rows, found } = await read('parts.parquet', Buffer.from(content, 'base64'));
      expect(columns).toEqual(['id', 'force', 'wave', 'note', 'at', 'day']);
      expect(rows).toEqual([
        [1, '9007199254740993', '12.5', '1.5 2', '傷あり', '2026-01-02T03:04:05', '2026-01-02'],
        [2, '9007199254740994', '', '3 4.25', '', '', '2026-01-02'],
        [3, '3', '0.1', '', '', '2026-01-03', '2026-01-02'],
      ]);
      expect(found.format).toBe('parquet');
    },
  );

  it('is read as what its types mean: names in a column, times in full, lengths of time, numbers as texts', async () => {
    const folder = folderWith({ 'parts.parquet': Buffer.from(oddTypes, 'base64') });
    const manifest = await openManifest(`${folder}/parts.parquet`);
    const rows: (readonly string[])[] = [];
    for await (const row of manifest.rows()) if ('cells' in row) rows.push(row.cells);
    expect(manifest.columns).toEqual([
      ...['id', 'gauge.left', 'gauge.right', 'clock', 'at', 'cycle', 'width', 'wave', '__index_level_0__'],
    ]);
    expect(rows).toEqual([
      [
        'A',
        '1.5',
        '2.5',
        '08:15:00.5',
        '2026-03-01T07:26:40.000000001Z',
        '1.5',
        '1.5',
        '[[0,1.5],[1,2.5]]',
        '7',
      ],
      ['B', '', '', '00:00:00', '2026-03-01T07:26:40.0001Z', '', '22.25', '[[0,3.5]]', '9'],
    ]);
    expect(manifest.units[5]!.unit).toBe('s');
    const { columns } = await standardPlan(folder);
    expect(columns).toMatchObject({
      wave: 'ignore',
      clock: 'ignore',
      at: 'ignore',
      __index_level_0__: 'ignore',
    });
    for (const name of ['cycle', 'width', 'gauge.left']) expect(columns[name]).not.toBe('ignore');
  });

  it('is refused where it is damaged', async () => {
    const bytes = Buffer.from(parquetFiles.snappy, 'base64');
    expect(await codeOf(read('a.parquet', bytes.subarray(0, -9)))).toBe('table-unreadable');
    expect(await codeOf(read('a.parquet', 'id,force\n'))).toBe('table-unreadable');
    bytes.fill(0xff, 20, 200);
    expect(await codeOf(read('a.parquet', bytes))).toBe('table-unreadable');
  });

  it('is refused where it names a column twice, which would both hold the values of one', async () => {
    expect(await codeOf(read('a.parquet', Buffer.from(twiceNamed, 'base64')))).toBe('columns-alike');
  });

  it('is refused where it has other rows than it says', async () => {
    const bytes = Buffer.from(fiveRows.content, 'base64');
    expect((await read('a.parquet', bytes)).rows).toHaveLength(5);
    const saying = (inFile: number, inGroup: number) => {
      bytes[fiveRows.inFile] = 2 * inFile;
      bytes[fiveRows.inGroup] = 2 * inGroup;
      return codeOf(read('a.parquet', bytes));
    };
    expect([await saying(5, 2), await saying(2, 5), await saying(63, 63)]).toEqual([
      ...['table-unreadable', 'table-unreadable', 'table-unreadable'],
    ]);
  });
});

it('a typed cell of objects keeps all digits of their numbers', () => {
  expect(cellText({ serial: 9007199254740993n, at: { x: 1 } })).toBe(
    '{"serial":"9007199254740993","at":{"x":1}}',
  );
});

it.runIf(process.platform !== 'win32')('takes files alone for tables: no pipe, no folder', async () => {
  const folder = folderWith({ 'b.csv/c.txt': '', 'real/x.csv': 'id,gauge\nA,1\n' });
  execFileSync('mkfifo', [join(folder, 'a.csv')]);
  // What lies in a folder of it is then the only table.
  expect(await findManifest(folder)).toBe(folder);
  expect(await codeOf(openManifest(await findManifest(folder, 'a.csv')))).toBe('manifest-missing');
  symlinkSync(join(folder, 'real', 'x.csv'), join(folder, 'd.csv'));
  symlinkSync(join(folder, 'e.csv'), join(folder, 'e.csv'));
  expect(await findManifest(folder)).toBe(join(folder, 'd.csv'));
});

it('a folder with tables in several formats is asked about, unless one is called parts', async () => {
  const one = folderWith({ 'a.xlsx': '', 'b.jsonl': '' });
  expect(await codeOf(findManifest(one))).toBe('manifest-ambiguous');
  const two = folderWith({ 'a.csv': '', 'Parts.XLSX': '', '~$Parts.xlsx': '' });
  expect(await findManifest(two)).toBe(join(two, 'Parts.XLSX'));
});

describe('what people do in a workbook', () => {
  it('formulas count with what was saved, and a merged cell stands in each of its rows, which is told', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['id', 'force', 'line'],
            ['A1', 1.5, 'L1'],
            ['A2', 2.5, null],
          ],
          cells: new Map([['1,1', { value: 3, formula: 'B3+0.5', formulaResult: 3 }]]),
          merges: [{ startRow: 1, startCol: 2, endRow: 2, endCol: 2 }],
        },
      ],
    });
    const { rows } = await read('parts.xlsx', bytes);
    expect(rows).toEqual([
      [1, 'cells-merged'],
      [2, 'A1', '3', 'L1'],
      [3, 'A2', '2.5', 'L1'],
    ]);
  });

  it('refuses a decimal mark, which its numbers have not', async () => {
    const table = '{"id":"A1","force":12.5}\n';
    expect(await codeOf(read('parts.jsonl', table, { decimal: ',' }))).toBe('decimal-typed');
    expect(await codeOf(read('parts.jsonl', table, { thousands: ' ' }))).toBe('decimal-typed');
    expect((await read('parts.csv', 'id;force\nA1;12,5\n', { decimal: ',' })).rows).toHaveLength(1);
  });
});
