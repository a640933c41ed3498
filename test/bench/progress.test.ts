import { describe, expect, it } from 'vitest';
import { duration, openProgress } from './progress.ts';

describe('the progress', () => {
  it('takes what remains to last as long as the same methods did', () => {
    const pieces = ['slow', 'fast', 'slow', 'fast'].map((method) => ({ method, name: `seed 7, ${method}` }));
    const progress = openProgress(pieces, 2);
    progress.done(pieces[0]!, 100, true);
    expect(progress.done(pieces[1]!, 20, true)).toBe('2 of 4: seed 7, fast: 20 s; about 60 s left');
    expect(progress.done(pieces[2]!, 90, false)).toContain('FAILED');
  });

  it('speaks of seconds, minutes and hours', () => {
    expect([40, 600, 12_000].map(duration)).toEqual(['40 s', '10 min', '3 h 20 min']);
  });
});
