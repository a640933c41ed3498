import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoFigures } from '../../../main/demo/figures.ts';
import type { ComparedPart } from '../../../main/demo/plant-result.ts';
import { chooseParts } from '../../../main/demo/report/choose.ts';
import { reportPage } from '../../../main/demo/report/report-page.ts';
import { parsePlan } from '../../../protocol/plan.ts';

const planFile = join(import.meta.dirname, '../../../assets/demo/plan.json');
const plan = parsePlan(JSON.parse(readFileSync(planFile, 'utf8')));

function judgedPart(index: number, size: number, note = 'long <b>dark</b> coat'): ComparedPart {
  return {
    id: `HA-${String(index).padStart(3, '0')}`,
    truth: {
      id: `HA-${index}`,
      garment: index,
      type: 4,
      gauge: new Array(56).fill(10),
      note,
      measured: ['gauge', 'note'],
      pixels: new Uint8Array(784).fill(index),
    },
    reconstructed: new Float32Array(size).fill(0.5),
    sigma: new Float32Array(size).fill(0.1),
    confidence: (index % 10) / 10,
  };
}

const quality = { psnr: 19.5, ssim: 0.61 };
const yardsticks = {
  meanImage: { psnr: 11.1, ssim: 0.2 },
  localOnly: { psnr: 12.2, ssim: 0.3 },
  classMean: { psnr: 17.7, ssim: 0.5 },
};
const figures: DemoFigures = {
  seconds: 150,
  rounds: 33,
  peakMemoryMB: 2100,
  engine: 'onnx',
  device: 'cpu (1 thread)',
  plants: [
    {
      name: 'Hanoi',
      has: ['gauge', 'note'],
      bytesDown: 30e6,
      bytesUp: 10e6,
      bytesFullModel: 160e6,
      seconds: 140,
      reconstructed: { camera: { parts: 40, ...quality, yardsticks } },
    },
    {
      name: 'Porto',
      has: ['camera', 'note'],
      bytesDown: 30e6,
      bytesUp: 10e6,
      bytesFullModel: 160e6,
      seconds: 140,
      reconstructed: { gauge: { parts: 3, ...quality, yardsticks } },
    },
  ],
};
const judged = {
  Hanoi: { camera: Array.from({ length: 40 }, (_, index) => judgedPart(index, 784)) },
  Porto: { gauge: Array.from({ length: 3 }, (_, index) => judgedPart(index, 56)) },
};
const page = reportPage({ plan, figures, judged, createdAt: '2026-01-02T03:04:05Z' });

describe('the demonstration report', () => {
  it('needs nothing from outside', () => {
    expect(page).not.toMatch(/(src|href)="(?!data:image\/png;base64,)/);
    expect(page).not.toMatch(/<script|@import|url\(/);
  });

  it('shows every figure beside its yardsticks', () => {
    for (const value of [
      '19.5 dB',
      '0.61',
      '11.1 dB',
      '12.2 dB',
      '17.7 dB',
      '30 MB',
      '10 MB',
      '160 MB',
      '75 % less',
    ])
      expect(page).toContain(value);
  });

  it('marks every reconstruction and every uncertainty inside the picture itself', () => {
    const pictures = [...page.matchAll(/<img alt="([^"]*)" src="data:image\/png;base64,([^"]*)"/g)];
    const marked = (data: string) => Buffer.from(data, 'base64').includes('Not a measurement');
    expect(pictures.length).toBeGreaterThan(0);
    for (const [, alt, data] of pictures) expect(marked(data!)).toBe(/reconstructed|Uncertainty/.test(alt!));
    expect(page.match(/class="badge">reconstructed/g)).toHaveLength(4);
  });

  it('draws a profile as a line within its band', () => {
    expect(page.match(/<tr class="reconstructed">.*?<polygon.*?<polyline/g)).toHaveLength(1);
  });

  it('shows what people wrote as text, not as markup', () => {
    expect(page).toContain('long &lt;b&gt;dark&lt;/b&gt; coat');
    expect(page).not.toContain('<b>dark');
  });

  it('says how its parts were chosen', () => {
    expect(page).toContain('9 of 40 parts, evenly spaced from the least confident');
  });
});

describe('choosing parts to look at', () => {
  it('spreads over the order of confidence, both ends included, whatever the order given', () => {
    const parts = judged.Hanoi.camera;
    const chosen = chooseParts(parts);
    expect(chosen).toHaveLength(9);
    expect(chosen[0]!.confidence).toBe(0);
    expect(chosen.at(-1)!.confidence).toBe(0.9);
    expect(chosen.map(({ confidence }) => confidence)).toEqual(
      chosen.map(({ confidence }) => confidence).toSorted(),
    );
    expect(chooseParts(parts.toReversed())).toEqual(chosen);
  });

  it('takes all where there are few', () => {
    expect(chooseParts(judged.Porto.gauge)).toHaveLength(3);
  });
});
