import { describe, expect, it } from 'vitest';
import { weighText } from '../../../main/kinds/segments.ts';

describe('a note cut by the weight of its words', () => {
  it('is the note letter for letter, with each word under its weight', () => {
    const weights = new Map([
      ['dark', 0.5],
      ['coat', -0.25],
    ]);
    expect(weighText('Dark  coat, dark!', 32, weights)).toEqual([
      { text: 'Dark', weight: 0.5 },
      { text: '  ', weight: null },
      { text: 'coat', weight: -0.25 },
      { text: ', ', weight: null },
      { text: 'dark', weight: 0.5 },
      { text: '!', weight: null },
    ]);
  });

  it('gives a character of two overlapping pairs their mean', () => {
    const weights = new Map([
      ['長袖', 1],
      ['袖シ', 0],
    ]);
    expect(weighText('長袖シャツ', 32, weights)).toEqual([
      { text: '長', weight: 1 },
      { text: '袖', weight: 0.5 },
      { text: 'シ', weight: 0 },
      { text: 'ャツ', weight: null },
    ]);
  });

  it('is shown normalised where that changes its length, so that places stay right', () => {
    const segments = weighText('㎏ coat', 32, new Map([['coat', 1]]));
    expect(segments.at(-1)).toEqual({ text: 'coat', weight: 1 });
    expect(segments.map(({ text }) => text).join('')).toBe('kg coat');
  });
});
