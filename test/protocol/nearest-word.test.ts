import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestWord } from '../../protocol/nearest-word.ts';

const known = ['status', 'reconstruct', 'run', 'undo', 'audit export'];

it('a word that was nearly typed is found, and one that is near none is not', () => {
  const cases = { sttaus: 'status', stat: 'status', Undo: 'undo', rum: 'run', reconsrtuct: 'reconstruct' };
  for (const [typed, meant] of Object.entries(cases))
    expect([typed, nearestWord(typed, known)]).toEqual([typed, meant]);
  for (const typed of ['frobnicate', 'x', '', 'constructor'])
    expect(nearestWord(typed, known)).toBeUndefined();
});

it('a letter too few, too many or another finds the word', () => {
  const letter = fc.string({ maxLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), letter, fc.boolean(), (word, place, other, isMore) => {
      const at = place % word.length;
      expect(nearestWord(word, known)).toBe(word);
      fc.pre(word.length > 4);
      const changed = word.slice(0, at) + other + word.slice(isMore ? at : at + 1);
      expect(nearestWord(changed, known)).toBe(word);
    }),
  );
});
