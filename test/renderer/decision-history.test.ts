import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecisionHistory, type DecisionStep, type Made } from '../../renderer/state/decision-history.ts';

const step = (part: number, before: Made, after: Made): DecisionStep => ({
  of: { part, id: String(part), modality: 'camera', reconstruction: 'r' },
  ...{ before, after },
});
const accept: Made = { decision: 'accept', reason: '' };

describe('the history of decisions', () => {
  it('goes back and forth through them, and no further', () => {
    const history = new DecisionHistory();
    expect([history.toUndo, history.toRedo]).toEqual([undefined, undefined]);
    const [a, b] = [step(1, null, accept), step(2, null, accept)];
    history.add(a);
    history.add(b);
    history.undone();
    expect([history.toUndo, history.toRedo]).toEqual([a, b]);
    history.undone();
    history.undone();
    expect([history.toUndo, history.toRedo]).toEqual([undefined, a]);
    history.redone();
    history.drop(b);
    expect([history.toUndo, history.toRedo]).toEqual([a, undefined]);
    history.drop(a);
    expect(history.toUndo).toBeUndefined();
  });

  it('brings every part to where it stood, however it was gone through', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('decide' as const), part: fc.nat(2), reason: fc.constantFrom('', 'x') }),
      fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const history = new DecisionHistory();
        const stands = new Map<number, Made>();
        for (const one of acts) {
          if (one.kind === 'decide') {
            const after: Made = { decision: 'flag', reason: one.reason };
            history.add(step(one.part, stands.get(one.part) ?? null, after));
            stands.set(one.part, after);
            expect(history.toRedo).toBeUndefined();
          } else {
            const made = one.kind === 'undo' ? history.toUndo : history.toRedo;
            if (!made) continue;
            const [from, to] = one.kind === 'undo' ? [made.after, made.before] : [made.before, made.after];
            expect(stands.get(made.of.part) ?? null).toEqual(from);
            stands.set(made.of.part, to);
            if (one.kind === 'undo') history.undone();
            else history.redone();
          }
        }
        while (history.toUndo) {
          stands.set(history.toUndo.of.part, history.toUndo.before);
          history.undone();
        }
        expect([...stands.values()].every((made) => made === null)).toBe(true);
      }),
    );
  });
});
