import { describe, expect, it } from 'vitest';
import type { CallName } from '../../main/api/contract.ts';
import { afterSuccess, type KeptError, withError } from '../../renderer/state/kept-errors.ts';

const text = { title: '', cure: '' };
const error = (call: CallName, code = 'internal'): KeptError => ({
  call,
  view: { code, detail: {}, en: text, ja: text },
  dialog: undefined,
});
const callsOf = (errors: readonly KeptError[]) => errors.map(({ call }) => call);

describe('an error of a call', () => {
  const errors = withError([error('round.join')], error('review.decide'));

  it('stays while other calls succeed, and goes with the next success of its own', () => {
    expect(afterSuccess(errors, 'workstation.state')).toBe(errors);
    expect(callsOf(afterSuccess(errors, 'review.decide'))).toEqual(['round.join']);
  });

  it('takes the place of the one before of the same call', () => {
    const again = withError(errors, error('round.join', 'no-data'));
    expect(callsOf(again)).toEqual(['review.decide', 'round.join']);
    expect(again[1]!.view.code).toBe('no-data');
  });

  it('that the program did not answer is over once it answers anything', () => {
    const lost = withError(errors, error('log.list', 'host-gone'));
    expect(callsOf(afterSuccess(lost, 'workstation.state'))).toEqual(['round.join', 'review.decide']);
  });
});
