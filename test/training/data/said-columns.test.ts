import { describe, expect, it } from 'vitest';
import { rolesWith } from '../../../training/data/said-columns.ts';

describe('what a person has said of columns', () => {
  const found = [
    { name: 'id', role: 'id' },
    { name: 'x', role: 'ignore' },
    { name: '__proto__', role: 'note' },
  ];

  it('leaves the roles of the other columns as they were found', () => {
    const roles = rolesWith(found, { columns: {}, id: 'x' });
    expect(Object.entries(roles)).toEqual([
      ['id', 'ignore'],
      ['x', 'id'],
      ['__proto__', 'note'],
    ]);
  });

  it.each([
    ['a column', { columns: { X: 'note' }, id: undefined }],
    ['an id', { columns: {}, id: 'X' }],
  ])('%s that is not in the table is refused with those that are', (_what, said) => {
    expect(() => rolesWith(found, said)).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        detail: { column: 'X', columns: 'id, x, __proto__' },
      }),
    );
  });
});
