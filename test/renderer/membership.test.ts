import { describe, expect, it } from 'vitest';
import {
  membershipAfterDeletion,
  membershipAfterImport,
  membershipAfterUndo,
} from '../../renderer/state/membership.ts';

const counts = [
  { modality: 'camera', present: 0, missing: 9 },
  { modality: 'gauge', present: 9, missing: 0 },
  { modality: 'note', present: 3, missing: 6 },
];
const none = { added: 0, replaced: 0, blank: 0, unreadable: 0 };

describe('what a plant gains and gives up is said beforehand', () => {
  it('of an import that brings a measurement it did not have', () => {
    const effect = {
      modalities: [
        { ...none, modality: 'camera', added: 1 },
        { ...none, modality: 'gauge', replaced: 9 },
      ],
    };
    expect(membershipAfterImport(counts, effect, () => true)).toEqual({ gains: ['camera'], gives: [] });
  });

  it('of an import whose empty cells take the last value away, where a person chose that', () => {
    const modalities = [{ ...none, modality: 'note', blank: 2, unreadable: 1 }];
    const effect = { modalities };
    expect(membershipAfterImport(counts, effect, () => false)).toEqual({ gains: [], gives: [] });
    expect(membershipAfterImport(counts, effect, () => true)).toEqual({ gains: [], gives: ['note'] });
    const kept = { modalities: [{ ...modalities[0]!, added: 1 }] };
    expect(membershipAfterImport(counts, kept, () => true)).toEqual({ gains: [], gives: [] });
  });

  it('of an import that is taken back: what it alone brought goes, what it alone took away comes back', () => {
    const brought = { ...none, same: 0, removed: 0, stayed: 0, holds: 0 };
    const undone = (
      ...modalities: { modality: string; holds?: number; replaced?: number; removed?: number }[]
    ) =>
      membershipAfterUndo(
        counts,
        modalities.map((one) => ({ ...brought, ...one })),
      );
    expect(undone({ modality: 'note', holds: 3 })).toEqual({ gains: [], gives: ['note'] });
    expect(undone({ modality: 'note', holds: 2 })).toEqual({ gains: [], gives: [] });
    // Something stood before.
    expect(undone({ modality: 'note', holds: 3, replaced: 1 })).toEqual({ gains: [], gives: [] });
    expect(undone({ modality: 'camera', removed: 4 })).toEqual({ gains: ['camera'], gives: [] });
  });

  it('of a deletion that takes the last value', () => {
    const going = (count: number) => (modality: string) => (modality === 'note' ? count : 0);
    expect(membershipAfterDeletion(counts, going(2))).toEqual({ gains: [], gives: [] });
    expect(membershipAfterDeletion(counts, going(3))).toEqual({ gains: [], gives: ['note'] });
  });
});
