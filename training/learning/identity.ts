import { createHash } from 'node:crypto';
import type { Dataset } from './datasets.ts';
import { row } from './row-table.ts';

/** Number of characters of a part's digest: 96 bits, so that no two different parts share one. */
const digestLength = 16;

/**
 * Identities of parts: a lasting name for each, made from what was measured of it. It survives a restart, a second
 * import of the same folder and data sets that come and go. Parts that were measured alike are told apart by their
 * order; a part that was measured anew is another one; a row that holds nothing has no name.
 */
export function partIdentities(dataset: Dataset): (string | undefined)[] {
  const modalities = Object.entries(dataset.modalities).sort(([a], [b]) => (a < b ? -1 : 1));
  const copies = new Map<string, number>();
  return Array.from({ length: dataset.count }, (_, part) => {
    const measured = modalities.filter(([, { present }]) => present[part] === 1);
    if (measured.length === 0) return undefined;
    const hash = createHash('sha256');
    for (const [name, { values }] of measured) {
      const { buffer, byteOffset, byteLength } = row(values, part);
      hash.update(name).update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    const digest = hash.digest('base64url').slice(0, digestLength);
    const copy = copies.get(digest) ?? 0;
    copies.set(digest, copy + 1);
    return copy === 0 ? digest : `${digest}.${copy}`;
  });
}
