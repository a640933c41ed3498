import { describe, expect, it } from 'vitest';
import {
  canvasOf,
  errorScaleOf,
  gridOf,
  hasIntervals,
  hasPlaces,
  hasRange,
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
};

const { modalities } = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Kinds',
  preset: 'light',
  modalities: Object.values(examples),
  stages: [{ stage: 'generators', rounds: 1 }],
});

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
    expect([of('image'), of('signal'), of('text')].map(valueSize)).toEqual([288, 10, 128]);
  });

  it('says what its values are: in a picture, of a range, or words', () => {
    const asked = (ask: (modality: Modality) => boolean) => modalities.filter(ask).map(({ kind }) => kind);
    expect(asked(hasPlaces)).toEqual(['image']);
    expect(asked(hasRange)).toEqual(['signal']);
    expect(asked(isWords)).toEqual(['text']);
    expect(asked(hasIntervals)).toEqual(['image', 'signal']);
    expect(asked((modality) => errorScaleOf(modality) === 'nats')).toEqual(['text']);
  });

  it('says where a person can point at', () => {
    expect(canvasOf(of('image'))).toEqual({ width: 12, height: 8, channels: 3 });
    expect(canvasOf(of('signal'))).toEqual({ width: 10, height: 1, channels: 1 });
    expect(canvasOf(of('text'))).toBeUndefined();
  });

  it('has the unit and the span that the plan agrees on, or none', () => {
    expect(modalities.map((modality) => [unitOf(modality), spanOf(modality)])).toEqual([
      ['', 1],
      ['mm', 4],
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
