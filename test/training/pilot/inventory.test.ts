import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../training/pilot/inventory.ts';
import { findGroups } from '../../../training/pilot/part-groups.ts';
import { plantWith } from './given.ts';

describe('the inventory', () => {
  const given = plantWith(20, ({ camera, ...part }, index) => (index % 4 === 0 ? part : { ...part, camera }));

  it('counts modalities, pairs, complete and paired parts', () => {
    const inventory = takeInventory(given);
    expect(inventory).toMatchObject({ parts: 20, complete: 15, paired: 20 });
    expect(inventory.modalities.map(({ name, present, missing }) => [name, present, missing])).toEqual([
      ['camera', 15, 5],
      ['gauge', 20, 0],
      ['note', 20, 0],
    ]);
    expect(inventory.pairs).toEqual([
      { one: 'camera', other: 'gauge', parts: 15 },
      { one: 'camera', other: 'note', parts: 15 },
      { one: 'gauge', other: 'note', parts: 20 },
    ]);
  });

  it('shows pictures, profiles in their unit, and words', () => {
    const [camera, gauge, note] = takeInventory(given).modalities;
    expect(camera!.shown).toHaveLength(6);
    expect(camera!.shown[0]).toMatchObject({
      kind: 'image',
      picture: { width: 16, height: 16, channels: 1 },
    });
    for (const { low, mean, high } of gauge!.profile!) {
      expect(low).toBeLessThanOrEqual(mean);
      expect(mean).toBeLessThanOrEqual(high);
      expect(high).toBeLessThan(10);
    }
    expect(note!.words![0]).toEqual({ word: 'at', parts: 20 });
  });
});

describe('groups of alike parts', () => {
  it('are told apart without labels, with what each can be learned from', () => {
    const groups = findGroups(
      plantWith(80, ({ gauge, note }, index) => {
        const low = index < 60;
        const shifted = gauge.map((value) => (low ? value * 0.1 : 0.9 + value * 0.1));
        return low ? { gauge: shifted, note } : { gauge: shifted };
      }),
    )!;
    expect(groups.by).toBe('gauge');
    expect(groups.list.reduce((sum, { parts }) => sum + parts, 0)).toBe(80);
    expect(groups.list.filter(({ paired }) => paired === 0).reduce((sum, { parts }) => sum + parts, 0)).toBe(
      20,
    );
  });

  it('are not sought in a handful of parts', () => {
    expect(findGroups(plantWith(10))).toBeNull();
  });
});
