import fc from 'fast-check';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadFaces, type Weight } from '../../../main/pilot/pdf/faces.ts';
import { openSheet, paper } from '../../../main/pilot/pdf/paper.ts';
import { runsOf } from '../../../main/pilot/pdf/text-lines.ts';

/** Names and notes as plants write them. */
const written = {
  'half-width katakana': 'ｱﾙﾐ ﾀﾞｲｶｽﾄ ﾊﾟﾚｯﾄ',
  'numbers and words in one sign': '①②⑳ ㈱山本 №4 ℡ ㎜ ㎡ ℃ Ω Ω Å',
  'family names': '髙橋 山﨑 德永 彅野',
  Vietnamese: 'Xưởng đúc Hà Nội, vết nứt ở mép, kiểm tra lại lỗ thứ hai',
  'Vietnamese as file names of some systems have it': 'Hà Nội đúc lỗ thứ'.normalize('NFD'),
  Polish: 'Zażółć gęślą jaźń',
  Czech: 'Příliš žluťoučký kůň, ústí nad Ořechem',
  Cyrillic: 'Цех №5: трещина у края, ґєії Ђђ',
  Greek: 'Δείγμα μ = 0,27 α β γ',
  Hindi: 'भाग संख्या',
  signs: '→ ← ≤ ≥ ± × ÷ ° ％ ✓ ✔ ✘ ⚠ ☑ ★ ● ∅',
};
const weights: readonly Weight[] = [400, 700];

interface DrawnGlyph {
  readonly unicode: string;
  readonly originalCharCode: number;
}

/** Signs on a sheet with these lines, as another program reads the file: code 0 is a box. */
async function drawn(lines: readonly string[]): Promise<DrawnGlyph[]> {
  const sheet = await openSheet('Scripts', 'en');
  let y: number = paper.margin;
  for (const line of lines)
    for (const bold of [false, true]) y = sheet.text(line, paper.margin, y, 500, { size: 9, bold });
  const { OPS } = await getResolvedPDFJS();
  const pdf = await getDocumentProxy(new Uint8Array(await sheet.finish()));
  const { fnArray, argsArray } = await (await pdf.getPage(1)).getOperatorList();
  return fnArray.flatMap((operation: number, index: number) =>
    operation === OPS.showText
      ? (argsArray[index] as [(DrawnGlyph | number)[]])[0].filter((glyph) => typeof glyph !== 'number')
      : [],
  );
}

beforeAll(loadFaces);

describe('what plants write, on paper', () => {
  it('has a sign of its own for every letter, in both weights', async () => {
    const glyphs = await drawn(Object.values(written));
    expect(glyphs.length).toBeGreaterThan(400);
    expect(glyphs.filter(({ originalCharCode }) => originalCharCode === 0)).toEqual([]);
  });

  it('names the code of a sign that no face has, and draws no box', async () => {
    const glyphs = await drawn(['부품 7']);
    expect(glyphs.map(({ unicode }) => unicode).join('')).toContain('[U+BD80 U+D488] 7');
    expect(glyphs.filter(({ originalCharCode }) => originalCharCode === 0)).toEqual([]);
  });

  it.each(Object.entries(written))('needs no code in place of a sign: %s', (_, text) => {
    for (const weight of weights)
      expect(
        runsOf(text.normalize('NFC'), weight)
          .map((run) => run.text)
          .join(''),
      ).toBe(text.normalize('NFC'));
  });

  it('is in faces that have it, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        for (const weight of weights)
          for (const run of runsOf(text, weight))
            for (const sign of run.text)
              expect(run.face.font.hasGlyphForCodePoint(sign.codePointAt(0)!), sign).toBe(true);
      }),
    );
  });
});

describe('a text in a column', () => {
  it('ends its lines where the language lets it, and none of it is lost', async () => {
    const sheet = await openSheet('Lines', 'ja');
    const style = { size: 10 };
    const one = sheet.heightOf('あ', 100, style);
    // Ten signs fill a line; a full stop is never the first of one.
    expect(sheet.heightOf('ああああああああああ', 100.5, style)).toBeCloseTo(one);
    expect(sheet.heightOf('あああああああああああ', 100.5, style)).toBeCloseTo(2 * one);
    expect(sheet.heightOf('one two three four', 60, style)).toBeCloseTo(2 * one);
    expect(sheet.heightOf('a\nb\n\nc', 100, style)).toBeCloseTo(4 * one);
    expect(sheet.heightOf('x'.repeat(100), 50, style)).toBeGreaterThan(5 * one);
    expect(sheet.heightOf('', 50, style)).toBeCloseTo(one);
  });
});
