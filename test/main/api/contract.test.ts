import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineCall } from '../../../main/api/contract.ts';
import { type Output, of } from '../../../main/api/views.ts';

const input = z.strictObject({});
const output: Output<{ picture: string }> = of();

it('a call that does not say what it shows and what it changes does not compile', () => {
  // @ts-expect-error: neither is said
  defineCall(input, output);
  // @ts-expect-error: nor what it changes
  defineCall(input, output, { shows: 'nothing' });
  // @ts-expect-error: nor what it shows
  defineCall(input, output, { changes: 'data' });
  // @ts-expect-error: reconstructions are shown here or written into files
  defineCall(input, output, { shows: 'reconstructions', changes: 'nothing' });
  // @ts-expect-error: there is no such thing to change
  defineCall(input, output, { shows: 'nothing', changes: 'anything' });
  defineCall(input, output, {
    ...{ shows: 'reconstructions', into: 'window', changes: 'nothing' },
    // @ts-expect-error: what is left without reconstructions is still that answer
    without: () => ({ image: '' }),
  });
  expect(defineCall(input, output, { shows: 'nothing', changes: 'data' })).toMatchObject({ changes: 'data' });
});
