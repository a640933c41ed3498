import { describe, expect, it } from 'vitest';
import {
  actionOf,
  keyActions,
  keyRefusal,
  keysWith,
  pressedKey,
  usualKeys,
} from '../../renderer/state/key-table.ts';

describe('the table of keys', () => {
  it('gives each key one meaning, at first and whatever was changed as it may be', () => {
    expect(new Set(Object.values(usualKeys)).size).toBe(keyActions.length);
    for (const action of keyActions) expect(actionOf(keysWith({}), usualKeys[action])).toBe(action);
    const keys = keysWith({ flag: 'k', gone: 'q' });
    expect(actionOf(keys, 'k')).toBe('flag');
    expect(actionOf(keys, 'f')).toBeUndefined();
    expect(actionOf(keys, 'q')).toBeUndefined();
    expect(pressedKey({ key: 'K' })).toBe('k');
  });

  it('refuses a key that another action has, and those whose meaning stays', () => {
    const keys = keysWith({ flag: 'k' });
    expect(keyRefusal(keys, 'reject', 'k')).toEqual({ why: 'taken', by: 'flag' });
    expect(keyRefusal(keys, 'flag', 'k')).toBeUndefined();
    expect(keyRefusal(keys, 'reject', 'f')).toBeUndefined();
    for (const key of ['Escape', '?', '1', 'Tab'])
      expect(keyRefusal(keys, 'reject', key)).toEqual({ why: 'reserved' });
  });
});
