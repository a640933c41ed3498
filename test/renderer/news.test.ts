import { describe, expect, it } from 'vitest';
import type { WorkstationState } from '../../main/api/views.ts';
import { en } from '../../renderer/i18n/en.ts';
import { newsBetween, newsInWords } from '../../renderer/state/news.ts';

type Told = Parameters<typeof newsBetween>[1];

/** What of a snapshot is news, or not. */
function snapshot({ rounds = 3, made = '1', pending = null as Told['adoption']['pending'] } = {}): Told {
  return {
    federation: { contributedRounds: rounds } as WorkstationState['federation'] & object,
    reconstructed: { modelVersion: 2, parts: 12, at: made },
    adoption: { inUse: 2, isGenuine: true, pending },
  };
}

describe('news', () => {
  it('is none of what stood so before, nor of the first snapshot', () => {
    expect(newsBetween(undefined, snapshot())).toEqual([]);
    expect(newsBetween(snapshot(), snapshot())).toEqual([]);
    expect(newsBetween(snapshot({ rounds: 4 }), snapshot({ rounds: 0 }))).toEqual([]);
  });

  it('is a round that is done, what waits for review, and a version to sign, each once', () => {
    const after = snapshot({ rounds: 4, made: '2', pending: { version: 3, state: 'evaluated' } });
    const news = newsBetween(snapshot(), after);
    expect(news.map((one) => newsInWords(one, en.settings.news))).toEqual([
      'Round done: 4 contributed so far',
      '12 parts wait for review',
      'Model version 3 waits for a signature',
    ]);
    expect(newsBetween(after, after)).toEqual([]);
  });

  it('is no version that was held back', () => {
    expect(newsBetween(snapshot(), snapshot({ pending: { version: 3, state: 'held' } }))).toEqual([]);
  });
});
