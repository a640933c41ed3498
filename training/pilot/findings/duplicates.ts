import { modalityOf } from '../../../protocol/plan.ts';
import { row } from '../../learning/table.ts';
import type { Finding } from '../facts.ts';
import type { PlantParts } from '../show.ts';
import { aboutParts } from './finding.ts';

/** A signal of fewer values may well be equal by chance. */
const leastValues = 8;

/** Parts that have exactly the picture file or the profile of an earlier part; notes may well be equal. */
export function duplicates(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  const modality = modalityOf(given.plan, name);
  if (modality.kind === 'text' || (modality.kind === 'signal' && modality.length < leastValues)) return [];
  const seen = new Map<string, number>();
  const again: number[] = [];
  for (const part of parts) {
    const fingerprint = fingerprintOf(given, name, part);
    if (seen.has(fingerprint)) again.push(part);
    else seen.set(fingerprint, part);
  }
  if (again.length === 0) return [];
  const first = given.records[seen.get(fingerprintOf(given, name, again[0]!))!]!;
  return aboutParts(given, 'parts-twice', name, { affected: again, of: parts.length }, { first: first.id });
}

function fingerprintOf({ dataset, records }: PlantParts, name: string, part: number): string {
  const record = records[part]?.values[name];
  if (record && typeof record === 'object' && 'sha256' in record) return record.sha256;
  const values = row(dataset.modalities[name]!.values, part);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('latin1');
}
