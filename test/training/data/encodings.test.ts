import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoderOf } from '../../../training/data/manifest/encoding/decoders.ts';
import { surveyBytes } from '../../../training/data/manifest/encoding/encoding.ts';
import { sureEncoding } from '../../../training/data/manifest/encoding/encoding-judge.ts';
import { encodingNamed, encodings } from '../../../training/data/manifest/encoding/encodings.ts';
import { plantNotes } from './plant-notes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encodings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** How a file of these bytes is judged, and its text so. */
async function judged(bytes: Uint8Array) {
  const path = join(folder, 'parts.csv');
  writeFileSync(path, bytes);
  const { encoding } = await surveyBytes(path);
  const text = encoding && decoderOf(encoding.value).decode(bytes).normalize('NFC');
  return { encoding, text, isAsked: (encoding?.confidence ?? 0) < sureEncoding };
}

const tableOf = (notes: readonly string[]) =>
  `id,note\n${notes.map((note, index) => `P-${index},${note}\n`).join('')}`;

/** Text that UTF-8 was read as in a page of 256. */
const readAs = (page: string, text: string) => Buffer.from(new TextDecoder(page).decode(Buffer.from(text)));

describe('the encoding of notes in the languages of plants', () => {
  // How many of a hundred files of so many notes may be asked about.
  it.each([
    { count: 1, mostAsked: 35 },
    { count: 3, mostAsked: 3 },
    { count: 20, mostAsked: 0 },
    { count: 200, mostAsked: 0 },
  ])(
    'is asked about or right, of $count notes: at most $mostAsked % are asked',
    async ({ count, mostAsked }) => {
      const wrong: string[] = [];
      const asked: string[] = [];
      let files = 0;
      for (const [language, { encodings: own, notes }] of Object.entries(plantNotes))
        for (const name of own)
          for (let start = 0; start < (count > 3 ? 1 : notes.length); start += 2) {
            const some = Array.from({ length: count }, (_, at) => {
              const again = at < notes.length ? '' : ` ${at}`;
              return `${notes[(start + at) % notes.length]}${again}`;
            });
            const table = tableOf(some);
            const { encoding, text, isAsked } = await judged(iconv.encode(table, name));
            files++;
            const told = `${language} in ${name} as ${encoding?.value}: ${some[0]}`;
            if (isAsked) asked.push(told);
            else if (text !== table.normalize('NFC')) wrong.push(told);
          }
      expect(wrong).toEqual([]);
      expect(asked.slice(Math.floor((mostAsked / 100) * files))).toEqual([]);
    },
  );

  it.each([
    ['a degree and a micrometre', ['temp [°C]', 'gap [µm]'], ['win1252', 'win1253', 'utf8', 'shift_jis']],
    ['degrees', ['85 °C', '86 °C'], ['win1252', 'win1250', 'win1251', 'win1253', 'utf8']],
    ['a tolerance', ['5 ±0.1 mm', '3 mm²'], ['win1252', 'utf8']],
    ['ohms', ['10 kΩ', '12 Ω'], ['utf8', 'shift_jis', 'gb18030']],
    ['units of DOS', ['temp [°C]', 'area [mm²]', 'gap [µm]'], ['cp850']],
  ])('is not asked about for the sign of %s', async (_name, cells, names) => {
    for (const name of names) {
      const written = cells.filter((cell) => iconv.decode(iconv.encode(cell, name), name) === cell);
      const table = tableOf(written);
      const { text, isAsked } = await judged(iconv.encode(table, name));
      expect([name, isAsked, text]).toEqual([name, false, table]);
    }
  });

  it.each([
    ['a letter alone', iconv.encode('id,note\nA,é\n', 'win1252')],
    [
      'Georgian, which no table of letters knows',
      iconv.encode('id,note\nA,ნაკაწრი ზედაპირზე\n', 'georgianps'),
    ],
    ['Tajik', iconv.encode('id,note\nA,харош дар сатҳ\n', 'koi8t')],
    ['Greek of an old page', iconv.encode('id,note\nA,γρατζουνιά στην επιφάνεια\n', 'cp869')],
    // Johab: five bits of a syllable for each of its letters.
    [
      'Korean in Johab',
      Buffer.from('id,note\nA,\xce\x61\xa1\x65\xb5\x41 \xd3\x71\xbb\xb3\xb7\xa1\n', 'latin1'),
    ],
    ['one word that was read twice', readAs('windows-1252', 'id,note\nA,Größe\n')],
    ['one word in HZ', Buffer.from('id,note\nA,~{<:Ky2;S{~}\n')],
  ])('is asked about for %s', async (_name, bytes) => {
    expect((await judged(bytes)).isAsked).toBe(true);
  });

  it('counts a note that comes a thousand times as one', async () => {
    const few = await judged(iconv.encode(tableOf(['krawędź']), 'win1250'));
    const many = await judged(iconv.encode(tableOf(Array(1000).fill('krawędź')), 'win1250'));
    expect(many.encoding).toEqual(few.encoding);
  });

  it('comes with its nearest rivals and what cells read in each, the judged one first', async () => {
    const { encoding } = await judged(iconv.encode(tableOf(['kanten er ødelagt']), 'macroman'));
    const [first, ...others] = encoding!.readings;
    expect(first!.encoding).toBe(encoding!.value);
    expect(others.length).toBeGreaterThan(1);
    expect(encoding!.readings).toContainEqual({ encoding: 'Mac Roman', cells: ['kanten er ødelagt'] });
  });
});

describe('text of ASCII bytes', () => {
  it.each([
    ['plain', 'id,note\nA,ok\n'],
    ['numbers with exponents', 'id,note\nA,1.2E+05\nB,1.3E+000\n'],
    ['plus signs', 'id,note\nA,C++\nB,A+B\nC,+ABC-\n'],
    ['tildes', 'id,note\nA,~5 mm\nB,a~{b\n'],
  ])('is never asked about: %s', async (_name, table) => {
    expect((await judged(Buffer.from(table))).encoding).toMatchObject({ value: 'UTF-8', confidence: 1 });
  });

  it.each(['UTF-7', 'HZ-GB-2312'] as const)('may be %s', async (name) => {
    const hz = 'id,note\nA,~{<:Ky2;S{~}\nB,~{NpJ)SZHK~}\nC,~{<:Ky~}\n';
    const [bytes, table] =
      name === 'UTF-7'
        ? [iconv.encode(tableOf(['Größe', 'für A+B', 'Öl']), 'utf-7'), tableOf(['Größe', 'für A+B', 'Öl'])]
        : [Buffer.from(hz), 'id,note\nA,己所不欲\nB,勿施于人\nC,己所\n'];
    expect(await judged(bytes)).toMatchObject({ encoding: { value: name }, text: table, isAsked: false });
  });
});

describe('UTF-8 that was read in another encoding and written again', () => {
  it.each([
    ['windows-1252', tableOf(['Größe', 'für', 'Öl'])],
    ['windows-1252', tableOf(['袖に汚れあり', '異常なし', '表面にキズ'])],
    ['windows-1251', tableOf(['царапина на краю', 'трещина'])],
  ])('is read rightly: %s', async (page, table) => {
    expect(await judged(readAs(page, table))).toMatchObject({ text: table, isAsked: false });
  });
});

describe('names of encodings', () => {
  it.each([
    ['koi8r', 'KOI8-R'],
    ['sjis', 'Shift_JIS'],
    ['cp932', 'Shift_JIS'],
    ['latin1', 'Windows-1252'],
    ['Windows 1251', 'Windows-1251'],
    ['cp1250', 'Windows-1250'],
    ['macintosh', 'Mac Roman'],
    ['utf8', 'UTF-8'],
    ['gbk', 'GB18030'],
    ['iso-8859-9', 'Windows-1254'],
    ['klingon', undefined],
  ])('are taken as people write them: %s', (written, name) => {
    expect(encodingNamed(written)).toBe(name);
  });

  it('are all named by the manual, and each can be read', () => {
    const manual = readFileSync(join(import.meta.dirname, '../../../docs/manual.md'), 'utf8');
    const listed = /Encodings to choose: ([^\n]*)\./.exec(manual)?.[1]?.split(', ');
    expect(listed).toEqual(encodings.map((name) => `\`${name}\``));
    for (const name of encodings) expect(decoderOf(name).decode(Buffer.from(''))).toBe('');
  });
});
