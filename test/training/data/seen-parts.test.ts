import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenParts } from '../../../training/data/seen-parts.ts';

describe('parts that were there before', () => {
  it('are found whatever the order of their ids', () => {
    const id = fc.oneof(fc.nat(30).map(String), fc.string({ maxLength: 2 }));
    fc.assert(
      fc.property(fc.array(fc.record({ id, isEmpty: fc.boolean() })), (parts) => {
        const seen = seenParts();
        const first = new Map<string, number>();
        for (const [row, part] of parts.entries()) {
          const before = seen.before({ id: part.id, row }, '');
          const known = first.get(part.id);
          if (known === undefined) expect(before).toBeUndefined();
          else expect(before).toMatchObject({ code: 'part-duplicate', row, detail: { first: known } });
          if (known !== undefined || part.isEmpty) continue;
          seen.take({ id: part.id, row }, '');
          first.set(part.id, row);
        }
      }),
    );
  });

  it('are the same in another table of several only with the same row', () => {
    const seen = seenParts();
    seen.take({ id: 'P1', row: 2, table: 'monday.csv' }, 'as it was');
    expect(seen.before({ id: 'P1', row: 5, table: 'tuesday.csv' }, 'as it was')).toBe('same');
    expect(seen.before({ id: 'P1', row: 5, table: 'tuesday.csv' }, 'another')).toMatchObject({
      code: 'part-repeated',
      detail: { first: 2, other: 'monday.csv' },
    });
    expect(seen.before({ id: 'P2', row: 6, table: 'tuesday.csv' }, 'another')).toBeUndefined();
  });
});
