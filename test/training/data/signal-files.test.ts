import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { evened } from '../../../training/cells/even-series.ts';
import { recordingNotes } from '../../../training/cells/recording-notes.ts';
import { resampled } from '../../../training/cells/signal-length.ts';
import { preview } from '../../../training/data/preview.ts';
import { folderWith, importFolder, plan } from './support.ts';

/** What three values of a plan become where a table names this file, or the code of why not. */
async function gauge(file: string, content: string | Uint8Array) {
  const folder = folderWith({
    'parts.csv': `id,gauge,note\nA1,signals/${file},ok\n`,
    [`signals/${file}`]: content,
  });
  const { parts, problems } = await importFolder(folder);
  return (
    parts[0]?.values.gauge ??
    problems.map(({ code, row, column, detail }) => ({ code, row, column, detail }))[0]
  );
}

function npy(descr: string, shape: string, data: Buffer, order = 'False'): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'), header, data]);
}

function wav(code: number, channels: number, bits: number, data: Buffer): Buffer {
  const format = Buffer.alloc(24);
  format.write('fmt ');
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(code, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt16LE(bits, 22);
  const chunk = Buffer.alloc(8);
  chunk.write('data');
  chunk.writeUInt32LE(data.length, 4);
  const extra = Buffer.from('LIST\x01\0\0\0x\0', 'latin1');
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), format, extra, chunk, data]);
}

describe('a signal in a file of its own', () => {
  it.each<[string, string, string | Uint8Array, number[]]>([
    ['one number a line', 'a.csv', '1\n2.5\n3\n', [1, 2.5, 3]],
    ['a line of numbers', 'a.txt', '1,2.5,3', [1, 2.5, 3]],
    ['a line of numbers with a comma in them', 'a.csv', '1,0;2,5;3,0', [1, 2.5, 3]],
    ['a header', 'a.csv', 'force\r\n1\r\n2.5\r\n3\r\n', [1, 2.5, 3]],
    ['a header with the plan’s unit', 'a.csv', 'width (mm)\n1\n2.5\n3\n', [1, 2.5, 3]],
    ['time beside it', 'a.tsv', 'time\tforce\n0.1\t1\n0.2\t2.5\n0.3\t3\n', [1, 2.5, 3]],
    ['a decimal comma of its own', 'a.csv', 'time;force\n0,1;1\n0,2;2,5\n0,3;3\n', [1, 2.5, 3]],
    ['a decimal comma under one name', 'a.csv', 'force\n1,0\n2,5\n3\n', [1, 2.5, 3]],
    ['a separator at the end of each line', 'a.csv', 'time;force;\n0;1;\n1;2,5;\n2;3;\n', [1, 2.5, 3]],
    ['quoted cells', 'a.csv', '"time","force"\n"0.1","1"\n"0.2","2.5"\n"0.3","3"\n', [1, 2.5, 3]],
    ['a time in German', 'a.csv', 'Zeit;Kraft\n0;1\n1;2,5\n2;3\n', [1, 2.5, 3]],
    ['a place', 'a.csv', 'position [mm],width\n0,1\n1,2.5\n2,3\n', [1, 2.5, 3]],
    ['the time behind it', 'a.csv', 'force,time\n1,0\n2.5,1\n3,2\n', [1, 2.5, 3]],
    ['an even time without names', 'a.csv', '0.01,1\n0.02,2.5\n0.03,3\n', [1, 2.5, 3]],
    ['an even count without names', 'a.csv', '1;1\n2;2,5\n3;3\n', [1, 2.5, 3]],
    ['a row of units', 'a.csv', 'time,width\ns,mm\n0,1\n1,2.5\n2,3\n', [1, 2.5, 3]],
    ['units in its cells', 'a.csv', 'time,width\n0 s,1 mm\n1 s,2.5 mm\n2 s,3mm\n', [1, 2.5, 3]],
    ['names in Shift_JIS', 'a.csv', iconv.encode('時刻,荷重\n0,1\n1,2.5\n2,3\n', 'Shift_JIS'), [1, 2.5, 3]],
    ['times that are shuffled', 'a.csv', 'time,force\n0.3,3\n0.1,1\n0.2,2.5\n', [1, 2.5, 3]],
    [
      'times of day that are shuffled, about midnight',
      'a.csv',
      'time,force\n00:00:01,3\n23:59:59,1\n00:00:00,2.5\n',
      [1, 2.5, 3],
    ],
    [
      'times that nobody can order',
      'a.csv',
      'time,force\n3.1.2026,1\n2.1.2026,2.5\n1.1.2026,3\n',
      [1, 2.5, 3],
    ],
    [
      'lines of a logger above its names',
      'a.csv',
      'KV-8000\n"Rate: 10 Hz"\nDate,2026-03-01\n\nt,force\ns,mm\n0,1\n1,2.5\n2,3\n',
      [1, 2.5, 3],
    ],
    ['comments above numbers', 'a.csv', '# rate 10 Hz\n# unit mm\n1\n2.5\n3\n', [1, 2.5, 3]],
    ['UTF-16', 'a.csv', Buffer.from('\ufefft\tforce\n0\t1\n1\t2.5\n2\t3\n', 'utf16le'), [1, 2.5, 3]],
    ['a clock that counts too coarsely', 'a.csv', 't,force\n1,1\n1,2.5\n2,3\n', [1, 2.5, 3]],
    [
      'uneven times: as many values, evenly',
      'a.csv',
      't,force\n0,0\n1,0.5\n8,4\n9,4.5\n10,5\n16,8\n',
      [0.8, 4, 7.2],
    ],
    ['float64', 'a.npy', npy('<f8', '3,', Buffer.from(new Float64Array([1, 2.5, 3]).buffer)), [1, 2.5, 3]],
    [
      'float32 in a row',
      'a.npy',
      npy('<f4', '1, 3', Buffer.from(new Float32Array([1, 2.5, 3]).buffer)),
      [1, 2.5, 3],
    ],
    ['big-endian whole numbers', 'a.npy', npy('>i2', '3,', Buffer.from([0, 1, 0, 2, 0, 3])), [1, 2, 3]],
    ['PCM', 'a.wav', wav(1, 1, 16, Buffer.from(new Int16Array([16384, -16384, 0]).buffer)), [0.5, -0.5, 0]],
    ['float sound', 'a.wav', wav(3, 1, 32, Buffer.from(new Float32Array([0.5, 1, 0]).buffer)), [0.5, 1, 0]],
    ['a longer signal: means of equal shares', 'a.csv', '1\n3\n2\n4\n5\n7\n', [2, 3, 6]],
  ])('is read: %s', async (_name, file, content, values) => {
    expect(await gauge(file, content)).toEqual(values);
  });

  it.each<[string, string, string | Uint8Array, string]>([
    [
      'two columns without names, which may be one number with a comma',
      'a.csv',
      '1,5\n2,5\n3,5\n',
      'signal-file-format',
    ],
    ['one line that may be one number with a comma', 'a.csv', '1,5\n', 'signal-file-format'],
    ['two values under names', 'a.csv', 'force,torque\n1,5\n2,5\n3,5\n', 'signal-file-format'],
    ['a word among the numbers', 'a.csv', '1\nbad\n3\n', 'signal-file-line'],
    ['a line of other width', 'a.csv', '1\n2,5\n3\n', 'signal-file-line'],
    ['fewer values than the plan', 'a.csv', '1\n2\n', 'signal-length'],
    ['values outside the range', 'a.csv', '1\n2\n300\n', 'signal-range'],
    ['nothing', 'a.csv', '', 'signal-file-format'],
    ['two rising columns without names', 'a.csv', '1;2\n2;4\n3;6\n', 'signal-file-format'],
    ['a column without names that rises unevenly', 'a.csv', '1;2\n2;5\n4;6\n', 'signal-file-format'],
    ['a value in another unit', 'a.csv', '1 mm\n2 cm\n3 mm\n', 'signal-file-line'],
    ['a value without the unit of the others', 'a.csv', '1 mm\n2\n3 mm\n', 'signal-file-line'],
    ['values in another unit than the plan’s', 'a.csv', '1 µm\n2 µm\n3 µm\n', 'signal-file-unit'],
    ['a time among others that is none', 'a.csv', 'time,force\n0,1\nx,2\n2,3\n', 'signal-file-line'],
    [
      'hours of a day that are shuffled',
      'a.csv',
      'time,force\n02:00,1\n20:00,2\n05:00,3\n23:00,4\n',
      'signal-file-order',
    ],
    ['times that begin again', 'a.csv', 't,force\n0,1\n1,2\n0,3\n1,4\n', 'signal-file-times'],
    ['no array', 'a.npy', 'PK', 'signal-file-format'],
    ['a matrix', 'a.npy', npy('<f8', '2, 3', Buffer.alloc(48)), 'signal-file-format'],
    ['an array that is cut off', 'a.npy', npy('<f8', '3,', Buffer.alloc(23)), 'signal-file-format'],
    ['objects', 'a.npy', npy('|O', '3,', Buffer.alloc(24)), 'signal-file-format'],
    [
      'a value that is no number',
      'a.npy',
      npy('<f8', '3,', Buffer.from(new Float64Array([1, Number.NaN, 3]).buffer)),
      'signal-file-format',
    ],
    ['another unit than the plan’s', 'a.csv', 'time (s),width (µm)\n1,1\n2,2\n3,3\n', 'signal-file-unit'],
    ['stereo', 'a.wav', wav(1, 2, 16, Buffer.alloc(12)), 'signal-file-format'],
    ['a compressed sound', 'a.wav', wav(85, 1, 16, Buffer.alloc(12)), 'signal-file-format'],
  ])('is refused with its row and column: %s', async (_name, file, content, code) => {
    expect(await gauge(file, content)).toMatchObject({ code, row: 2, column: 'gauge' });
  });

  it('is refused with the reason', async () => {
    const why = async (file: string, content: Uint8Array) => {
      const found = await gauge(file, content);
      return JSON.stringify(found);
    };
    expect(await why('a.wav', wav(1, 2, 16, Buffer.alloc(12)))).toContain('several channels');
    expect(await why('a.wav', wav(7, 1, 8, Buffer.alloc(12)))).toContain('packed');
    expect(await why('a.wav', wav(1, 1, 16, Buffer.alloc(12)).subarray(0, -4))).toContain('cut off');
    expect(await why('a.npy', npy('<c16', '3,', Buffer.alloc(48)))).toContain('complex');
    expect(await why('a.npy', npy('<f8', '2, 3', Buffer.alloc(48)))).toContain('several dimensions');
  });

  it('is told together with the others where they do not last alike, or were taken at uneven times', async () => {
    const times = (step: number, last = 4) =>
      ['t [ms],width', ...[0, 1, 2, 3, last].map((at) => `${at * step},${at}`)].join('\n');
    const table = `id,gauge,note\n${['A', 'B', 'C'].map((id) => `${id},${id}.csv,ok`).join('\n')}\n`;
    const files = { 'parts.csv': table, 'A.csv': times(1), 'B.csv': times(2), 'C.csv': times(1, 9) };
    const { parts, problems } = await importFolder(folderWith(files));
    expect(parts).toHaveLength(3);
    expect(
      problems.map(({ code, column, detail }) => [code, column, detail.file, detail.least, detail.most]),
    ).toEqual([
      ['signal-uneven', 'gauge', 'C.csv', undefined, undefined],
      ['signal-spans', 'gauge', 'A.csv', '0.005 s', '0.0112 s'],
    ]);
  });

  it('of a spectrum is told where others were sampled at another rate, however long they last', () => {
    const recordings = recordingNotes();
    const timing = (span: number) => ({ span, unit: 's', isUneven: false });
    for (const [name, count, span] of [
      ['a.wav', 8000, 1],
      ['b.wav', 16_000, 2],
      ['c.wav', 16_000, 1],
    ] as const)
      recordings.add('sound', { name, count, timing: timing(span) }, 'rate');
    expect(
      recordings.notes().map(({ error: { code, detail } }) => [code, detail.least, detail.most]),
    ).toEqual([['signal-rates', '8000 Hz', '16000 Hz']]);
  });

  it.each<[string, string, string, unknown]>([
    ['with points in a table of commas', '1,5', '1.5\n2.25\n3\n', [1.5, 2.25, 3]],
    ['of points and commas in a table of commas', '1,5', 'time,force\n0.1,1\n0.2,2\n0.3,3\n', [1, 2, 3]],
    ['of commas that may be decimal', '1,5', '1,5\n2,5\n3,5\n', [1.5, 2.5, 3.5]],
    ['of thousands or not', '1,5', '1.234\n2.345\n3.456\n', 'signal-file-unclear'],
    ['of thousands or not, as its table is', '1.5', '1.234\n2.345\n3.456\n', [1.234, 2.345, 3.456]],
  ])(
    'is read as its own numbers are written, else as its table’s: %s',
    async (_name, weight, file, expected) => {
      const table = `id;gauge;weight;note\nA1;a.csv;${weight};ok\n`;
      const { parts, problems } = await importFolder(folderWith({ 'parts.csv': table, 'a.csv': file }));
      expect(parts[0]?.values.gauge ?? problems[0]!.code).toEqual(expected);
    },
  );

  it('is refused where the file is not there, or leads out of the folder', async () => {
    const table = 'id,gauge,note\nA1,a.npy,ok\nA2,../b.csv,ok\n';
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'signal-file-missing'],
      [3, 'image-outside'],
    ]);
  });
});

it('keeps the mean of a signal when it is brought to fewer values', () => {
  const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 50 });
  const mean = (list: ArrayLike<number>) =>
    Array.from(list).reduce((sum, value) => sum + value, 0) / list.length;
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 50 }), (list, length) => {
      const short = resampled(Float64Array.from(list), length);
      expect(short.length).toBe(Math.min(list.length, length));
      expect(mean(short)).toBeCloseTo(mean(list), 6);
    }),
  );
});

it('evens a series that rises as its times do into an even row, whatever these are, and leaves an even one as it is', () => {
  const step = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), (steps) => {
      const times = [0];
      for (const own of steps) times.push(times.at(-1)! + own);
      const { values } = evened(
        times.map((at) => 2 * at),
        times,
      );
      const [last, end] = [times.length - 1, times.at(-1)!];
      const isEven = times.every(
        (at, place) => Math.abs(at - (place * end) / last) <= Math.min(end / last, 0.05 * end),
      );
      for (const [place, value] of values.entries())
        expect(value).toBeCloseTo(2 * (isEven ? times[place]! : (place * end) / last), 6);
    }),
  );
});
