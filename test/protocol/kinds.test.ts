import { describe, expect, it } from 'vitest';
import { FedReconError } from '../../protocol/errors.ts';
import { likeliestPlace, placeOfValue, unseenPlace } from '../../protocol/kinds/category.ts';
import {
  canvasOf,
  channelsOf,
  gridOf,
  hasIntervals,
  hasPlaces,
  hasRange,
  isShares,
  isWords,
  type Modality,
  type ModalityKind,
  modalityKinds,
  spanOf,
  unitOf,
  valueSize,
} from '../../protocol/kinds/index.ts';
import { scaleSignal, unscaleSignal } from '../../protocol/kinds/scaling.ts';
import { parsePlan } from '../../protocol/plan.ts';

const label = { en: 'x', ja: 'x' };
const examples: Readonly<Record<ModalityKind, object>> = {
  image: { kind: 'image', name: 'camera', label, width: 12, height: 8, channels: 3 },
  signal: { kind: 'signal', name: 'gauge', label, length: 10, unit: 'mm', range: [2, 6] },
  text: { kind: 'text', name: 'note', label, buckets: 128 },
  category: { kind: 'category', name: 'material', label, values: ['SUS304', 'A5052', 'S45C'] },
};

const planWith = (modalities: readonly object[]) => ({
  format: 'fedrecon-plan/2',
  name: 'Kinds',
  preset: 'light',
  modalities,
  stages: [{ stage: 'generators', rounds: 1 }],
});

const { modalities } = parsePlan(planWith(Object.values(examples)));

function of(kind: ModalityKind): Modality {
  return modalities.find((modality) => modality.kind === kind)!;
}

describe('a kind of modality', () => {
  it('is known in the protocol by its form', () => {
    expect([...modalityKinds].sort()).toEqual(Object.keys(examples).sort());
  });

  it('says how the values of a part lie, and how many they are', () => {
    expect(gridOf(of('image'))).toEqual([8, 12, 3]);
    expect(gridOf(of('signal'))).toEqual([1, 10, 1]);
    expect(gridOf(of('text'))).toEqual([1, 128, 1]);
    expect(gridOf(of('category'))).toEqual([1, 4, 1]);
    expect([of('image'), of('signal'), of('text'), of('category')].map(valueSize)).toEqual([288, 10, 128, 4]);
  });

  it('says what its values are: in a picture, of a range, words, or shares', () => {
    const asked = (ask: (modality: Modality) => boolean) => modalities.filter(ask).map(({ kind }) => kind);
    expect(asked(hasPlaces)).toEqual(['image']);
    expect(asked(hasRange)).toEqual(['signal']);
    expect(asked(isWords)).toEqual(['text']);
    expect(asked(isShares)).toEqual(['category']);
    expect(asked(hasIntervals)).toEqual(['image', 'signal']);
  });

  it('says where a person can point at', () => {
    expect(canvasOf(of('image'))).toEqual({ width: 12, height: 8, channels: 3 });
    expect(canvasOf(of('signal'))).toEqual({ width: 10, height: 1, channels: 1 });
    expect([of('text'), of('category')].map(canvasOf)).toEqual([undefined, undefined]);
  });

  it('has the unit and the span that the plan agrees on, or none', () => {
    expect(modalities.map((modality) => [unitOf(modality), spanOf(modality)])).toEqual([
      ['', 1],
      ['mm', 4],
      ['', 1],
      ['', 1],
    ]);
  });
});

describe('a range', () => {
  it('takes physical values to 0…1 and back', () => {
    const range: [number, number] = [2, 6];
    expect([...scaleSignal({ range }, [2, 3, 6, 7])]).toEqual([0, 0.25, 1, 1.25]);
    expect([...unscaleSignal({ range }, [0, 0.25, 1, 1.25])]).toEqual([2, 3, 6, 7]);
  });
});

describe('channels', () => {
  const channels = [
    { name: 'area', unit: 'mm²', range: [0, 17_600] },
    { name: 'constructor', unit: '', range: [0, 2] },
    { name: '__proto__', range: [100_000, 100_001] },
  ];
  const { unit: _unit, range: _range, ...rest } = examples.signal as Record<string, unknown>;
  const signal = (fields: object) =>
    parsePlan(planWith([{ ...rest, length: 3, ...fields }, examples.text!])).modalities[0]!;

  it('stand in place of one unit and range, one for each value, by any names', () => {
    const modality = signal({ channels });
    expect(channelsOf(modality)).toEqual(channels.map((channel) => ({ unit: '', ...channel })));
    // Figures over all of them are shares of each one's range.
    expect([unitOf(modality), spanOf(modality)]).toEqual(['%', 100]);
    expect(modalities.map(channelsOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('scale each value by its own range, and lose nothing of a small spread far from 0', () => {
    const modality = signal({ channels }) as Modality & { kind: 'signal' };
    const scaled = scaleSignal(modality, [8800, 2, 100_000.001]);
    expect([...scaled].map((value) => Number(value.toFixed(6)))).toEqual([0.5, 1, 0.001]);
    const [, , back] = unscaleSignal(modality, scaled);
    expect(back).toBeCloseTo(100_000.001, 6);
  });

  it.each([
    [{ channels: channels.slice(1) }, 'channels', '2 channels for a length of 3', '2 個'],
    [{ channels, unit: 'mm' }, 'unit', 'leave this one out', '削除'],
    [{ channels, range: [0, 1] }, 'range', 'leave this one out', '削除'],
    [{}, 'range', '"channels"', 'channels'],
    [{ range: [0, 1] }, 'unit', 'unit of the values', '単位'],
    [
      { channels: channels.with(2, channels[0]!) },
      'channels.2.name',
      'name of channel 1 already',
      '同じ名前',
    ],
    [
      { channels: channels.with(0, { name: 'ａｒｅａ', range: [0, 1] }).with(1, channels[0]!) },
      'channels.1.name',
      'already',
      '同じ名前',
    ],
    [
      { channels: channels.with(0, { name: 'x', range: [1, 1] }) },
      'channels.0.range',
      'end above its start',
      '',
    ],
    [
      { channels: channels.with(0, { name: 'a\nb', range: [0, 1] }) },
      'channels.0.name',
      'no line breaks',
      '',
    ],
    [{ channels: channels.with(0, { name: ' ', range: [0, 1] }) }, 'channels.0.name', '', ''],
    [
      { channels: channels.with(0, { name: 'x', range: [0, 1], min: 3 } as never) },
      'channels.0.min',
      'no such field',
      '',
    ],
  ])(
    'that do not fit are refused by their place, in both languages (%#)',
    (fields, field, english, japanese) => {
      try {
        signal(fields);
      } catch (error) {
        const { detail } = error as FedReconError;
        expect(detail.field).toBe(`modalities.0.${field}`);
        expect(detail.problem).toContain(english);
        if (japanese !== '') expect(detail.problemJa).toContain(japanese);
        return;
      }
      throw new Error('it is a plan');
    },
  );
});

describe('a category', () => {
  const values = ['SUS304', 'ＡＢＣ', 'été'];

  it('knows its values whatever their case, width and spaces around them', () => {
    const found = ['sus304', ' SUS304 ', 'ＳＵＳ３０４', 'abc', 'ÉTÉ', 'e\u0301te\u0301'].map((value) =>
      placeOfValue({ values }, value),
    );
    expect(found).toEqual([0, 0, 0, 1, 2, 2]);
  });

  it('has a last place for what is not on its list', () => {
    expect(placeOfValue({ values }, 'SUS 304')).toBe(unseenPlace({ values }));
    expect(unseenPlace({ values })).toBe(3);
    expect(likeliestPlace([0.1, 0.4, 0.4, 0.1])).toBe(1);
  });

  it.each([
    [['one'], /modalities\.3\.values/],
    [['one', ' '], /modalities\.3\.values\.1/],
    [['Steel', 'ｓｔｅｅｌ '], /one value/],
    [Array.from({ length: 257 }, (_, index) => `v${index}`), /modalities\.3\.values/],
  ])('refuses the list %j', (list, problem) => {
    const refused = { ...examples, category: { ...examples.category, values: list } };
    expect(() => parsePlan(planWith(Object.values(refused)))).toThrow(FedReconError);
    try {
      parsePlan(planWith(Object.values(refused)));
    } catch (error) {
      expect(JSON.stringify((error as FedReconError).detail)).toMatch(problem);
    }
  });
});
