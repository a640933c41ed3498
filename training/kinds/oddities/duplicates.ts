import type { MeasuredParts, Oddity } from '../looking.ts';
import { aboutParts } from './oddity.ts';

/** Oddity of parts that have exactly the image file or the values of an earlier part. */
export function repeatedParts(given: MeasuredParts<unknown>): Oddity[] {
  const first = new Map<string, number>();
  const again: { part: number; first: number }[] = [];
  for (const [place, part] of given.parts.entries()) {
    const fingerprint = fingerprintOf(given, place);
    const earlier = first.get(fingerprint);
    if (earlier === undefined) first.set(fingerprint, part);
    else again.push({ part, first: earlier });
  }
  if (again.length === 0) return [];
  const affected = again.map(({ part }) => part);
  const detail = { first: given.records[again[0]!.first]!.id };
  return aboutParts('parts-twice', { affected, of: given.parts.length }, detail);
}

function fingerprintOf({ modality, parts, rows, records }: MeasuredParts<unknown>, place: number): string {
  const record = records[parts[place]!]?.values[modality.name];
  if (record && typeof record === 'object' && 'sha256' in record) return record.sha256;
  const values = rows[place]!;
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('latin1');
}
