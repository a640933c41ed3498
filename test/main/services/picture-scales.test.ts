import { describe, expect, it } from 'vitest';
import { keptScales, knownScales } from '../../../main/services/data/picture-scales.ts';
import type { Store } from '../../../main/store/store.ts';
import { scaleWords } from '../../../training/cells/images/scale.ts';

/** Scale of values of so many bits in 16. */
const scale = (bits: number, stored = 16) => ({
  ...{ low: 0, high: 2 ** bits - 1, bits, from: 'sample' as const },
  stored: { format: 'unsigned' as const, bits: stored },
});

/** A store with these imports, newest first: the bits of their pictures, and how many of these hold. */
const storeOf = (...imports: { bits: number; stored?: number; holds: number }[]) =>
  ({
    imports: {
      list: () =>
        imports.map(({ bits, stored }, id) => ({
          ...{ id, settings: { columns: {}, empty: {} } },
          ...{
            settings: keptScales([
              {
                modality: 'camera',
                scales: [{ ...scale(bits, stored), words: '' }],
                shapes: [],
              },
            ]),
          },
        })),
      holding: (id: number) => new Map([['camera', imports[id]!.holds]]),
    },
  }) as unknown as Store;

const known = (...imports: Parameters<typeof storeOf>) =>
  Object.values(knownScales(storeOf(...imports)).camera ?? {}).map(scaleWords);

describe('the scales of the pictures that are here', () => {
  it('are those of the newest import of which some hold', () => {
    expect(known({ bits: 12, holds: 5 }, { bits: 16, holds: 5 })).toEqual(['12 bits in 16']);
  });

  it('go with an import that is undone or covered, and come back with the one before', () => {
    expect(known({ bits: 16, holds: 0 }, { bits: 12, holds: 5 })).toEqual(['12 bits in 16']);
    expect(known({ bits: 16, holds: 0 })).toEqual([]);
    expect(known()).toEqual([]);
  });

  it('are kept for each way of storing', () => {
    expect(known({ bits: 12, holds: 1 }, { bits: 31, stored: 32, holds: 1 })).toEqual([
      '31 bits in 32',
      '12 bits in 16',
    ]);
  });

  it('are none of plain pictures', () => {
    expect(keptScales([{ modality: 'camera', scales: [], shapes: [] }])).toEqual({});
  });
});
