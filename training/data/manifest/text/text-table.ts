import { basename } from 'node:path';
import { FedReconError } from '../../../../protocol/errors.ts';
import type { NumberMarks } from '../../../cells/numbers.ts';
import { type FileBytes, surveyBytes } from '../encoding/encoding.ts';
import { type FoundEncoding, sureEncoding } from '../encoding/encoding-judge.ts';
import type { CharacterEncoding } from '../encoding/encodings.ts';
import { givenMarks, marksJudge, mayGroup, withGiven } from '../numbers/number-marks.ts';
import type { OpenTable } from '../open-table.ts';
import { assertTextTable } from '../other-formats.ts';
import type { Delimiter, ReadingSettings } from '../reading-settings.ts';
import { oneByOne } from '../row-blocks.ts';
import { type ManifestRow, type RowReading, readRows } from '../rows.ts';
import { areAligned } from './aligned-lines.ts';
import { withoutEndBlock } from './end-block.ts';
import { aboveNames, underNamesInside } from './headers-inside.ts';
import { findLayout } from './layout.ts';
import { sampleLines } from './text-lines.ts';

/**
 * Table of text: CSV, TSV and their relatives.
 * Columns that blanks alone keep apart are a doubt (`table-blanks`).
 * @throws FedReconError `table-format`, `manifest-encoding`, `manifest-empty`
 */
export async function openTextTable(
  path: string,
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable> {
  const manifest = basename(path);
  await assertTextTable(path);
  const bytes = await surveyBytes(path);
  const encoding = encodingOf(bytes, given.encoding);
  if (!encoding) throw new FedReconError('manifest-encoding', { manifest });
  const sample = await sampleLines(path, encoding.value);
  const layout = findLayout(sample, given, isName);
  const { delimiter, quote, comment, header, above, tableAbove, shape, names, units } = layout;
  if (names.length === 0 || (header.value > 0 && names.every((name) => name === '')))
    throw new FedReconError('manifest-empty', { manifest });
  const isFound = !['given', 'sep-line'].includes(delimiter.reason);
  const isAligned = isFound && names.length === 1 && areAligned(sample.head);
  const reading: RowReading = {
    ...{ encoding: encoding.value, delimiter: delimiter.value, quote: quote.value },
    ...{ comment: comment.value, above, shape },
  };
  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    if (tableAbove) yield [aboveNames(tableAbove)];
    yield* withoutEndBlock(underNamesInside(readRows(path, reading, onBytes), { names, units }), names);
  }
  const judge = given.decimal
    ? () => ({ marks: givenMarks(given), unclear: [] })
    : await marksOf(
        blocks,
        delimiter.value,
        bytes.hasQuotes || [sample.head, sample.spread].some(mayGroup),
        names.length,
      );
  return {
    found: { format: 'text', encoding, delimiter, quote, header, comment },
    // Who says a separator says that it is one column.
    doubts: [
      ...unsureEncoding(manifest, encoding),
      ...(isAligned ? [new FedReconError('table-blanks', { manifest })] : []),
    ],
    marksOf: (used) => withGiven(judge(used), given),
    ...{ names, units, sha256: bytes.sha256, blocks, rows: (onBytes) => oneByOne(blocks(onBytes)) },
  };
}

/** Encoding of a text file: what a person has said, else what its bytes say; undefined where it is no text. */
export function encodingOf(bytes: FileBytes, said: CharacterEncoding | undefined): FoundEncoding | undefined {
  if (said === undefined) return bytes.encoding;
  return { value: said, confidence: 1, reason: 'given', readings: bytes.readingsIn(said) };
}

/** What is asked of a person where cells would read otherwise in another encoding that is likely too. */
export function unsureEncoding(
  manifest: string,
  { value: encoding, confidence, readings: [own, ...others] }: FoundEncoding,
): FedReconError[] {
  if (confidence >= sureEncoding) return [];
  const some = others.slice(0, 3).map((other) => `${other.encoding}: ${other.cells[0] ?? ''}`);
  return [
    new FedReconError('encoding-unclear', {
      ...{ manifest, encoding, value: own?.cells[0] ?? '', others: some.join('; ') },
    }),
  ];
}

/** Judges the marks. A comma that separates cells and is never quoted stands in no number, so most files need not be read for them. */
async function marksOf(
  blocks: NonNullable<OpenTable['blocks']>,
  delimiter: Delimiter,
  mayHaveMarks: boolean,
  width: number,
): Promise<OpenTable['marksOf']> {
  if (delimiter === ',' && !mayHaveMarks) {
    const value: NumberMarks = { decimal: '.', thousands: 'none' };
    return () => ({ marks: { value, confidence: 0.99, reason: 'usual' }, unclear: [] });
  }
  const judge = marksJudge(width);
  for await (const rows of blocks())
    for (const row of rows) if ('cells' in row) judge.add(row.row, row.cells);
  return (used) => judge.verdict(delimiter, used);
}
