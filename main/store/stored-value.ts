import type { PartValue } from '../../training/kinds/reading.ts';

/** Value as the column of measurements keeps it: of a list of numbers the bytes of its doubles, else JSON. */
export type StoredValue = Uint8Array | string;

/** Brings a measured value into the form in which it is kept: numbers as decimals would take longer than all else of an import. */
export function storedValue(value: PartValue | Float64Array): StoredValue {
  if (!isNumbers(value)) return JSON.stringify(value);
  const numbers = value instanceof Float64Array ? value : Float64Array.from(value);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** The measured value that was kept. */
export function valueIn(stored: StoredValue): PartValue {
  if (typeof stored === 'string') return JSON.parse(stored) as PartValue;
  // The bytes may lie anywhere in a larger piece of memory, where doubles could not be read from.
  return Array.from(new Float64Array(Uint8Array.from(stored).buffer));
}

function isNumbers(value: PartValue | Float64Array): value is readonly number[] | Float64Array {
  return Array.isArray(value) || value instanceof Float64Array;
}
