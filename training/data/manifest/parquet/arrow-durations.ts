/**
 * Columns of a Parquet table that hold lengths of time. Parquet has no type for them and keeps plain whole numbers; programs that use Arrow say
 * it in the schema that they write beside them (https://arrow.apache.org/docs/format/Columnar.html, `Schema.fbs` and `Message.fbs`).
 */

/** Type of a field that is a length of time, among those of `Schema.fbs`, and its units in parts of a second. */
const durationType = 18;
const unitsASecond = [1, 1e3, 1e6, 1e9] as const;
/** Milliseconds, where a schema leaves the unit out. */
const usualUnit = 1;

/** Places of the fields of tables in the schema's own format, FlatBuffers. */
const slots = { header: 2, fields: 1, name: 0, typeType: 2, type: 3, unit: 0 } as const;

/**
 * Parts of a second that the numbers of columns count, by their names.
 * @param encoded what stands under `ARROW:schema`, in base64; none where it is no schema
 */
export function durationColumns(encoded: string | undefined): ReadonlyMap<string, number> {
  if (encoded === undefined) return new Map();
  try {
    return durationsIn(Buffer.from(encoded, 'base64'));
  } catch (thrown) {
    if (thrown instanceof RangeError) return new Map();
    throw thrown;
  }
}

function durationsIn(message: Buffer): Map<string, number> {
  // A mark and a length stand before the message.
  const start = message.readUInt32LE(0) === 0xffffffff ? 8 : 4;
  const root = at(message, start);
  const header = place(message, root, slots.header);
  const list = header === undefined ? undefined : place(message, at(message, header), slots.fields);
  const found = new Map<string, number>();
  if (list === undefined) return found;
  const vector = at(message, list);
  for (let index = 0; index < message.readUInt32LE(vector); index++) {
    const field = at(message, vector + 4 + 4 * index);
    const [name, typeType, type] = [slots.name, slots.typeType, slots.type].map((slot) =>
      place(message, field, slot),
    );
    if (name === undefined || typeType === undefined || type === undefined) continue;
    if (message.readUInt8(typeType) !== durationType) continue;
    const unit = place(message, at(message, type), slots.unit);
    const text = at(message, name);
    const bytes = message.readUInt32LE(text);
    found.set(
      message.toString('utf8', text + 4, text + 4 + bytes),
      unitsASecond[unit === undefined ? usualUnit : message.readUInt16LE(unit)] ?? unitsASecond[usualUnit],
    );
  }
  return found;
}

/** Where an offset leads. */
function at(message: Buffer, offset: number): number {
  return offset + message.readUInt32LE(offset);
}

/** Where a field of a table stands; undefined where it has none. */
function place(message: Buffer, table: number, slot: number): number | undefined {
  const list = table - message.readInt32LE(table);
  const entry = 4 + 2 * slot;
  if (entry >= message.readUInt16LE(list)) return undefined;
  const offset = message.readUInt16LE(list + entry);
  return offset === 0 ? undefined : table + offset;
}
