import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { CharacterEncoding } from '../../../training/data/manifest/encoding/encodings.ts';
import { lineBlocks } from '../../../training/data/manifest/text/line-blocks.ts';
import { temporaryFolder } from './support.ts';

async function linesOf(file: string, bytes: Uint8Array, encoding: CharacterEncoding): Promise<string[]> {
  writeFileSync(file, bytes);
  const lines: string[] = [];
  for await (const block of lineBlocks(file, encoding)) {
    expect(block.at(-1)).toBe(0x0a);
    lines.push(...block.toString().split('\n').slice(0, -1));
  }
  return lines.map((line) => line.replace(/\r$/, ''));
}

describe('blocks of lines', () => {
  it('hold every line, whatever ends it and however it is encoded', async () => {
    const file = join(temporaryFolder(), 'lines.csv');
    const line = fc.stringMatching(/^[a-z0-9,;|傷表ソ能]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { minLength: 1, maxLength: 9 }),
        fc.constantFrom<CharacterEncoding>(
          'UTF-8',
          'UTF-8 BOM',
          'UTF-16LE',
          'Shift_JIS',
          'EUC-JP',
          'GB18030',
        ),
        fc.boolean(),
        async (lines, encoding, isEnded) => {
          // A CR and the LF of an empty line after it are one end.
          const ends = lines.map(([own, end], index) =>
            end === '\r' && lines[index + 1]?.join('') === '\n' ? [own, '\n'] : [own, end],
          );
          const text = ends.flat().join('');
          const whole = isEnded ? text : text.replace(/[\r\n]+$/, '');
          const name = encoding === 'UTF-8 BOM' ? 'UTF-8' : encoding;
          const bytes = iconv.encode(whole, name, { addBOM: encoding === 'UTF-8 BOM' });
          const wanted = whole.split(/\r\n|\n|\r/);
          if (wanted.at(-1) === '') wanted.pop();
          expect(await linesOf(file, bytes, encoding)).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['UTF-8', 'Shift_JIS', 'UTF-16LE'] as const)(
    'lose nothing where a piece of %s ends',
    async (encoding) => {
      const lines = Array.from({ length: 40_000 }, (_, row) => `${row},表面に傷,${'x'.repeat(row % 7)}`);
      const file = join(temporaryFolder(), 'lines.csv');
      const bytes = (end: string) => iconv.encode(lines.join(end), encoding);
      for (const end of ['\n', '\r\n', '\r'])
        expect((await linesOf(file, bytes(end), encoding)).join('\n')).toBe(lines.join('\n'));
    },
  );

  it('hold no NULs, and leave a mark alone that begins no file', async () => {
    const file = join(temporaryFolder(), 'lines.csv');
    const bytes = Buffer.from('\ufeffa\0b\n\ufeffc');
    expect(await linesOf(file, bytes, 'UTF-8')).toEqual(['a\ufffdb', '\ufeffc']);
  });
});
