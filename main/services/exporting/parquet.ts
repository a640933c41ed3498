import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

type Cell = string | number;

/** Rows of a group, which is written in one go. */
const rowsAtOnce = 1000;

/**
 * A Parquet file of a table. A column of numbers alone is one of doubles, every other one of texts; an empty text is no value.
 * @param about texts in the file itself
 */
export async function parquetOf(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  about: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const types = head.map((_, column) =>
    rows.some((row) => row[column] !== '') &&
    rows.every((row) => row[column] === '' || typeof row[column] === 'number')
      ? ('DOUBLE' as const)
      : ('STRING' as const),
  );
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({
      columnData: head.map((name, column) => ({ name, data: [], type: types[column]!, nullable: true })),
    }),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  });
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const some = rows.slice(first, first + rowsAtOnce);
    const columnData = head.map((name, column) => ({
      name,
      data: some.map((row) => {
        const cell = row[column]!;
        return cell === '' ? null : types[column] === 'DOUBLE' ? cell : String(cell);
      }),
    }));
    await file.write({ columnData, rowGroupSize: rowsAtOnce });
    await new Promise(setImmediate);
  }
  await file.finish();
  return new Uint8Array(writer.getBuffer());
}
