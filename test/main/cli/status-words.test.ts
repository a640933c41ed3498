import { describe, expect, it } from 'vitest';
import { statusInWords } from '../../../main/cli/status-words.ts';
import { type StatusAnswer, statusAnswer } from '../../../main/services/status-answer.ts';

type Federation = NonNullable<StatusAnswer['federation']>;

const at = '2026-11-28T08:00:00.000Z';
const federation: Federation = {
  ...{ plant: 'Hanoi', aggregator: 'https://hq.example', plan: 'Tiny', planHash: 'f' },
  ...{ has: ['gauge'], lacks: ['camera'], round: 1, rounds: 2, stage: 'generators', roundState: 'open' },
  ...{ status: 'round-open', lostSince: null, lastContact: at, contributedRounds: 1 },
};
const plant: StatusAnswer = {
  ...{ version: '1', heldBy: { process: 7, program: 'fedrecon run', since: at, at }, federation },
  ...{
    participating: true,
    data: { parts: 1, problems: 2, counts: [] },
    traffic: { bytesDown: 0, bytesUp: 0 },
  },
  ...{ model: { newest: 3, inUse: 2, pending: 3, isHeldBack: false }, reconstructed: null },
};
const saying = (change: Partial<StatusAnswer>, language: 'en' | 'ja' = 'en') =>
  statusInWords({ ...plant, ...change }, language).join('\n');

describe('the status on a terminal', () => {
  it('says every state of a plant in a sentence of each language, and none as its code', () => {
    const states = statusAnswer.shape.federation.unwrap().shape.status.options;
    for (const language of ['en', 'ja'] as const) {
      const said = states.map((status) => saying({ federation: { ...federation, status } }, language));
      expect(new Set(said).size).toBe(states.length);
      for (const text of said) expect(text).not.toMatch(/round-open|waiting-for|never-contacted|extra-round/);
    }
    expect(saying({}, 'ja')).toMatch(/プロセス 7（fedrecon run）/);
  });

  it('says of a plant that does not run that nothing runs, whatever was heard last', () => {
    expect(saying({})).toContain('A round is open');
    expect(saying({ heldBy: null })).toMatch(/nothing runs here now/);
    expect(saying({ heldBy: null })).not.toContain('A round is open');
    expect(
      saying({ heldBy: null, participating: false, federation: { ...federation, status: 'apart' } }),
    ).toContain('run takes part');
  });

  it('tells a version that waits from one that was held back, and how to sign it', () => {
    expect(saying({})).toContain('sign 3 signs it off');
    expect(saying({ model: { newest: 3, inUse: 2, pending: 3, isHeldBack: true } })).toMatch(
      /3 was held back/,
    );
    expect(saying({ federation: null })).toContain('join with the invitation');
  });
});
