import { describe, expect, it } from 'vitest';
import { bridgeOf, gatherBacking, learnedBridges } from '../../protocol/backing.ts';
import { contributedModule } from '../../protocol/messages.ts';

const completed = (counts: Record<string, number>, measured = 0) => ({ measured, completed: counts });

describe('backing', () => {
  it('adds up over contributions and rounds, by who completed', () => {
    const name = 'mapping/camera←gauge';
    const first = gatherBacking({}, [{ [name]: completed({ note: 3 }) }, { [name]: completed({ note: 2 }) }]);
    const second = gatherBacking(first, [{ [name]: completed({ note: 1, color: 4 }, 7) }]);
    expect(first).toEqual({ [name]: completed({ note: 5 }) });
    expect(second).toEqual({ [name]: completed({ note: 6, color: 4 }, 7) });
  });

  it('tells a bridge, through what completed most of it, from a mapping that one measured pair stands behind', () => {
    expect(bridgeOf(completed({ note: 5, color: 9 }))).toBe('color');
    expect(bridgeOf(completed({ note: 500 }, 1))).toBeNull();
    expect(
      learnedBridges({
        'mapping/camera←gauge': completed({ note: 5 }),
        'mapping/camera←note': completed({ gauge: 5 }, 5),
        'encoder/camera': completed({}, 5),
      }),
    ).toEqual({ 'mapping/camera←gauge': 'note' });
  });

  it('never gives more weight than there are parts', () => {
    const blob = { sha256: 'ab'.repeat(32), bytes: 1 };
    const taught = (samples: number) =>
      contributedModule.safeParse({ ...blob, samples, backing: completed({ note: 2 }, 3) });
    expect(taught(5).success).toBe(true);
    expect(taught(6).error?.issues[0]).toMatchObject({ path: ['samples'] });
  });
});
