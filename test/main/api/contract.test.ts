import { expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../../../main/api/contract.ts';
import { type Output, of } from '../../../main/api/views.ts';

const input = z.strictObject({});
const output: Output<{ picture: string }> = of();

it('a call that does not say what it shows and what it changes does not compile', () => {
  // @ts-expect-error: neither is said
  call(input, output);
  // @ts-expect-error: nor what it changes
  call(input, output, { shows: 'nothing' });
  // @ts-expect-error: nor what it shows
  call(input, output, { changes: 'data' });
  // @ts-expect-error: reconstructions are shown here or written into files
  call(input, output, { shows: 'reconstructions', changes: 'nothing' });
  // @ts-expect-error: there is no such thing to change
  call(input, output, { shows: 'nothing', changes: 'anything' });
  call(input, output, {
    ...{ shows: 'reconstructions', into: 'window', changes: 'nothing' },
    // @ts-expect-error: what is left without reconstructions is still that answer
    without: () => ({ image: '' }),
  });
  expect(call(input, output, { shows: 'nothing', changes: 'data' })).toMatchObject({ changes: 'data' });
});
