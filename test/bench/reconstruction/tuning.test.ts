import { describe, expect, it } from 'vitest';
import { gridNames, trialsOf } from './grids.ts';
import { methodNamed } from './methods/index.ts';
import { tuning } from './tuning.ts';

const grids = tuning.filter(({ option }) => option !== undefined);

describe('the tuning of the rivals', () => {
  it.each(grids.map((one) => [one.method, one.option!, one.chosen] as const))(
    'is what %s runs with: %s',
    (method, option, chosen) => {
      expect(methodNamed(method)?.settings).toMatchObject({ [option]: chosen });
    },
  );

  it('tries two to four values of each setting', () => {
    for (const { grid } of grids) expect([2, 3, 4]).toContain(grid.length);
  });

  it('tries a value with the method’s other settings as chosen', () => {
    expect(gridNames).toContain('fedadam');
    for (const name of gridNames)
      for (const { method, option, value } of trialsOf(name))
        expect(method.settings).toEqual({ ...methodNamed(name)!.settings, [option]: value });
    expect(() => trialsOf('fedrecon')).toThrow('"fedrecon" is none of direct');
  });
});
