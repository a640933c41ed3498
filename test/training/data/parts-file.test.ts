import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodedPart } from '../../../training/data/part.ts';
import { openPartsFile, partsInSlices, readPartsFile } from '../../../training/data/parts-file.ts';
import type { ImportProblem } from '../../../training/data/problems.ts';
import type { EncodedValue, PartValue } from '../../../training/kinds/reading.ts';
import { temporaryFolder } from './support.ts';

const values = new Float32Array(0);
/** Of every other part the lists are numbers as they were read. */
const encoded = (record: PartValue, row: number): EncodedValue => ({
  ...{ values, record },
  ...(row % 4 < 2 && Array.isArray(record) && { numbers: Float64Array.from(record) }),
});
const part = (row: number, own: Record<string, PartValue>): EncodedPart => ({
  ...{ row, table: row % 2 ? `day ${row}.csv` : undefined, id: `P${row}`, problems: [] },
  values: Object.fromEntries(Object.entries(own).map(([name, record]) => [name, encoded(record, row)])),
});
const recordOf = ({ id, row, table, values: own }: EncodedPart) => ({
  ...{ id, row, ...(table !== undefined && { table }) },
  values: Object.fromEntries(Object.entries(own).map(([name, { record }]) => [name, record])),
});

describe('the parts file', () => {
  it('gives back what was listed, in its order, however it is mixed', async () => {
    const path = join(temporaryFolder(), 'parts');
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const value: fc.Arbitrary<PartValue> = fc.oneof(
      fc.array(double, { maxLength: 5 }),
      fc.string({ unit: 'grapheme' }),
      fc.record({ file: fc.string(), sha256: fc.constant('00ff') }),
    );
    const own = fc.dictionary(fc.constantFrom('camera', 'gauge', 'note', '12'), value, {
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(own, { maxLength: 6 }).map((some) => some.flatMap((one) => [one, one])),
        fc.array(fc.nat(), { maxLength: 3 }),
        async (owns, rows) => {
          const parts = owns.map((one, row) => part(row, one));
          const problems = rows.map(
            (row): ImportProblem => ({ row, column: '傷', code: 'part-empty', detail: { row } }),
          );
          const emptied = rows.map((row) => ({ id: `E${row}`, row }));
          const file = await openPartsFile(path, ['gauge', 'note']);
          for (const one of parts) await file.part(one);
          for (const one of problems) await file.problem(one);
          for (const one of emptied) await file.emptied(one);
          await file.close();
          const wanted = { modalities: ['gauge', 'note'], parts: parts.map(recordOf), problems, emptied };
          expect(await readPartsFile(path)).toEqual(wanted);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds many parts in slices, and signals of any length', async () => {
    const path = join(temporaryFolder(), 'parts');
    const file = await openPartsFile(path, ['gauge']);
    const long = Float64Array.from({ length: 100_000 }, (_, place) => place / 3);
    const parts = Array.from({ length: 4500 }, (_, row) => part(row, { gauge: [row, -row / 7] }));
    parts[700] = { ...part(700, {}), values: { gauge: { values, record: [], numbers: long } } };
    for (const one of parts) await file.part(one);
    await file.close();
    const read = [];
    for await (const slice of partsInSlices(path)) {
      expect(slice.parts.length).toBeLessThanOrEqual(2000);
      read.push(...slice.parts);
    }
    expect(read[700]!.values).toEqual({ gauge: long });
    expect((await readPartsFile(path)).parts.toSpliced(700, 1)).toEqual(
      parts.toSpliced(700, 1).map(recordOf),
    );
    expect(read).toHaveLength(parts.length);
  });
});
