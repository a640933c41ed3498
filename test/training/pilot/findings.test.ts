import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesText } from '../../../training/kinds/oddities/oddity.ts';
import { findAll } from '../../../training/pilot/findings/index.ts';
import type { Finding } from '../../../training/pilot/pilot-facts.ts';
import { plantOf, plantWith, soundPart } from './given.ts';

const byCode = (findings: readonly Finding[], code: string) =>
  findings.filter((finding) => finding.code === code);

/** Mean over a window of 7 × 7, as a lens out of focus makes it. */
function blurred(values: Float32Array): Float32Array {
  return values.map((_, pixel) => {
    const [x, y] = [pixel % 16, Math.floor(pixel / 16)];
    let [sum, count] = [0, 0];
    for (let dy = -3; dy <= 3; dy++)
      for (let dx = -3; dx <= 3; dx++) {
        if (x + dx < 0 || x + dx > 15 || y + dy < 0 || y + dy > 15) continue;
        sum += values[(y + dy) * 16 + x + dx]!;
        count++;
      }
    return sum / count;
  });
}

describe('findings', () => {
  it('are none on sound parts', () => {
    expect(findAll(plantWith(60))).toEqual([]);
  });

  it('name a channel that never changes and one that stood still for a while', () => {
    const findings = findAll(
      plantWith(60, (part, index) => ({
        ...part,
        gauge: part.gauge.map((value, place) =>
          place === 3 ? 0.4 : place === 7 && index >= 20 && index < 40 ? 0.61 : value,
        ),
      })),
    );
    expect(byCode(findings, 'channel-constant')).toMatchObject([
      { count: 1, of: 12, detail: { channels: '4' } },
    ]);
    expect(byCode(findings, 'channel-stuck')).toMatchObject([
      { count: 20, detail: { channel: 8, from: 22, to: 41 } },
    ]);
  });

  it('do not call a reading stuck that chance repeats', () => {
    const findings = findAll(
      plantWith(200, (part, index) => ({
        ...part,
        // Three values in turn, as a coarse sensor gives them.
        gauge: part.gauge.map((value, place) =>
          place === 2 ? Math.floor(3 * soundPart(index + 500).camera[5]! * 25) / 10 : value,
        ),
      })),
    );
    expect(byCode(findings, 'channel-stuck')).toEqual([]);
  });

  it('show the parts with a spike, wherever it is inside the profile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 2, max: 9 }), (bad, place) => {
        const findings = findAll(
          plantWith(60, (part, index) =>
            index === bad
              ? { ...part, gauge: part.gauge.map((value, at) => (at === place ? value + 1 : value)) }
              : part,
          ),
        );
        const spikes = byCode(findings, 'signal-spikes');
        expect(spikes).toMatchObject([{ modality: 'gauge', count: 1 }]);
        expect(spikes[0]!.examples[0]!.id).toBe(`P${bad}`);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('tell blank, dark, overexposed and blurred pictures apart', () => {
    const spoilt: Record<number, (values: Float32Array) => Float32Array> = {
      3: (values) => values.map(() => 0.5),
      5: (values) => values.map((value) => value * 0.1),
      8: (values) => values.map((value, pixel) => (pixel % 16 < 10 ? 1 : value)),
      11: blurred,
    };
    const findings = findAll(
      plantWith(60, (part, index) => ({ ...part, camera: spoilt[index]?.(part.camera) ?? part.camera })),
    );
    const found = (code: string) =>
      byCode(findings, code).flatMap(({ examples }) => examples.map(({ id }) => id));
    expect(found('image-blank')).toEqual(['P3']);
    expect(found('image-dark')).toEqual(['P5']);
    expect(found('image-saturated')).toEqual(['P8']);
    expect(found('image-blurred')).toEqual(['P11']);
  });

  it('list parts that repeat an earlier one', () => {
    const findings = findAll(
      plantWith(30, (part, index) => (index === 9 ? { ...part, camera: soundPart(4).camera } : part)),
    );
    expect(byCode(findings, 'parts-twice')).toMatchObject([
      { modality: 'camera', count: 1, detail: { first: 'P4' }, examples: [{ id: 'P9', row: 11 }] },
    ]);
  });

  it('count notes that nobody wrote and words that stand on every part', () => {
    const findings = findAll(
      plantWith(60, ({ note, ...part }, index) =>
        index < 10 ? part : { ...part, note: index < 40 ? 'Checked, OK ' : note },
      ),
    );
    expect(byCode(findings, 'note-empty')).toMatchObject([{ count: 10, of: 60 }]);
    expect(byCode(findings, 'note-repeated')).toMatchObject([
      { count: 30, of: 50, detail: { text: 'Checked, OK ' } },
    ]);
  });

  it('gather what the import refused by its reason', () => {
    const detail = { file: 'x.png' };
    const findings = findAll(
      plantOf(
        [soundPart(0), soundPart(1)],
        [
          { row: 4, column: 'camera', code: 'image-missing', detail },
          { row: 5, column: 'camera', code: 'image-missing', detail },
          { row: 6, column: '', code: 'row-width', detail: { actual: 5, expected: 4 } },
        ],
      ),
    );
    expect(byCode(findings, 'cells-unreadable')).toMatchObject([
      {
        count: 2,
        of: 3,
        detail: { problem: 'image-missing', column: 'camera' },
        examples: [{ row: 4 }, { row: 5 }],
      },
    ]);
    expect(byCode(findings, 'rows-unused')).toMatchObject([
      { count: 1, of: 3, detail: { problem: 'row-width' } },
    ]);
  });
});

it('places are written as runs counted from 1', () => {
  expect(placesText([0, 1, 2, 6, 8, 9])).toBe('1–3, 7, 9–10');
});
