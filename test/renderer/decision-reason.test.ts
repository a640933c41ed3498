import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionReasons, saidReason, writtenReason } from '../../renderer/state/decision-reason.ts';

test('a reason and a comment are read as they were said', () => {
  const comments = fc.string({ maxLength: 40 }).map((text) => text.trim());
  fc.assert(
    fc.property(fc.constantFrom(...decisionReasons), comments, (reason, comment) => {
      expect(saidReason(writtenReason({ reason, comment }))).toEqual({ reason, comment });
    }),
  );
});

test('words of a person’s own stand for themselves', () => {
  expect(writtenReason({ reason: null, comment: ' bent: left ' })).toBe('bent: left');
  expect(saidReason('bent: left')).toEqual({ reason: null, comment: 'bent: left' });
  expect(saidReason('wrong-shaped')).toEqual({ reason: null, comment: 'wrong-shaped' });
  expect(saidReason('')).toEqual({ reason: null, comment: '' });
});
