import { describe, expect, it } from 'vitest';
import type { ExplanationView, UnitReason } from '../../main/api/views/explanation.ts';
import { patterns as english } from '../../renderer/i18n/explanation/en.ts';
import { factsOf, type ReasonFacts } from '../../renderer/i18n/explanation/facts.ts';
import { patterns as japanese } from '../../renderer/i18n/explanation/ja.ts';
import { sentencesOf } from '../../renderer/i18n/explanation/sentence.ts';
import { uniformAt } from '../../training/random/draws.ts';
import { keyOf } from '../../training/random/threefry.ts';

/** Explanations of every shape, by number. */
function explanation(seed: number): ExplanationView {
  let draw = 0;
  const uniform = () => uniformAt(keyOf(seed, 'explanation'), draw++);
  const whole = (most: number) => Math.floor(uniform() * most);
  const labels: (() => UnitReason['label'])[] = [
    () => ({ kind: 'channels', first: 1 + whole(20), last: 30 + whole(20) }),
    () => ({ kind: 'patch', left: whole(20), top: whole(20), width: 4, height: 4 }),
    () => ({ kind: 'word', word: ['coat', '長袖', 'size 12'][whole(3)]! }),
  ];
  const names = ['camera', 'gauge', 'note'].slice(0, 1 + whole(3));
  return {
    part: 1,
    modality: 'target',
    modelVersion: 3,
    region: uniform() < 0.5 ? null : { left: 1, top: 2, width: 3, height: 4 },
    value: uniform(),
    usual: uniform(),
    residue: 0,
    sources: names.map((modality) => ({
      modality,
      attribution: uniform() - 0.5,
      change: uniform(),
      share: uniform(),
      detail: { kind: 'signal', weights: [] },
    })),
    strongest: Array.from({ length: whole(8) }, () => ({
      modality: names[whole(names.length)]!,
      label: labels[whole(3)]!(),
      attribution: uniform() < 0.2 ? 0 : uniform() - 0.5,
      occlusion: 0,
    })),
    agreement: uniform() < 0.2 ? null : 2 * uniform() - 1,
    neighbours:
      uniform() < 0.3
        ? []
        : [
            {
              part: 2,
              id: `HA-${whole(999)}`,
              distance: 1,
              measured: null,
              reconstructed: { kind: 'text', text: '' },
            },
          ],
  };
}

/** Every number that stands in the facts or in a name among them, as it is written. */
function numbersIn(facts: unknown): Set<string> {
  return new Set(JSON.stringify(facts).match(/\d+(\.\d+)?/g) ?? []);
}

describe.each([
  ['English', english],
  ['Japanese', japanese],
] as const)('a reason in %s', (_, patterns) => {
  it('says no number that is not among the facts, and nothing that is undefined', () => {
    for (let seed = 0; seed < 300; seed++) {
      const facts = factsOf(explanation(seed), (modality) => modality.toUpperCase());
      const text = sentencesOf(facts, patterns).join(' ');
      const known = numbersIn(facts);
      for (const number of text.match(/\d+(\.\d+)?/g) ?? []) expect([...known]).toContain(number);
      expect(text).not.toMatch(/undefined|NaN|\[object|−0 %/);
    }
  });

  it('names what the facts name: sources, words and the nearest part', () => {
    const facts: ReasonFacts = {
      target: 'CAMERA',
      region: undefined,
      sources: [
        { name: 'GAUGE', change: 12 },
        { name: 'NOTE', change: 5 },
      ],
      towards: [{ source: 'NOTE', label: { kind: 'word', word: 'coat' }, percent: 40 }],
      against: [{ source: 'GAUGE', label: { kind: 'channels', first: 3, last: 6 }, percent: -7 }],
      agreement: 0.2,
      nearest: 'P-17',
    };
    const text = sentencesOf(facts, patterns).join(' ');
    for (const said of [
      'CAMERA',
      'GAUGE',
      'NOTE',
      '12',
      '5',
      'coat',
      '+40 %',
      '3',
      '6',
      '−7 %',
      '0.2',
      'P-17',
    ])
      expect(text).toContain(said);
    expect(text).toContain(patterns.agreement.none(0.2));
  });
});
