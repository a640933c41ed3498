import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../main/api/format.ts';
import { measureView } from '../../../main/measures/measure-view.ts';
import { modalityOf, parsePlan } from '../../../protocol/plan.ts';
import { tinyPlan } from '../support/plants.ts';

const [en, ja] = [formatsOf('en'), formatsOf('ja')];
const plan = parsePlan(tinyPlan);
const gauge = modalityOf(plan, 'gauge');
const unit = gauge.kind === 'signal' ? gauge.unit : '';

describe('a value in a span', () => {
  const { inSpan, r2 } = formatsOf('en');

  it('has the digits that tell in it, however large it is', () => {
    expect(inSpan(100_000.256, 1)).toBe('100,000.26');
    expect(inSpan(16_431.4, 17_600)).toBe('16,431');
    expect(inSpan(1.5, 2)).toBe('1.5');
    expect(inSpan(0.00012345, 0.001)).toBe('0.00012');
  });

  it('is no coefficient of determination, which never reads as 0 where it is negative', () => {
    expect([0.987, 0.004, 0, -0.004, -40.251].map(r2)).toEqual(['0.99', '0.00', '0.00', '−0.01', '−40.26']);
  });
});

describe('formats', () => {
  it('write numbers in groups, with no more digits than are asked for', () => {
    expect(en.number(12345.678)).toBe('12,346');
    expect(en.number(1234.5678, 1)).toBe('1,234.6');
    expect(en.number(-3)).toBe('−3');
    expect(en.number(-0.2)).toBe('0');
    expect(en.significant(0.012345, 2)).toBe('0.012');
  });

  it('write shares in whole percent, small ones with two digits', () => {
    expect([1, 0.976, 0.1, 0.0123, 0.00098, 0, 1.334].map(en.percent)).toEqual([
      '100 %',
      '98 %',
      '10 %',
      '1.2 %',
      '0.098 %',
      '0 %',
      '133 %',
    ]);
    expect(ja.percent(0.5)).toBe('50 %');
  });

  it('write sizes in decimal units', () => {
    expect([0, 999, 999.6, 1400, 999_600, 30e6, 5e13].map(en.bytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '1.4 kB',
      '1 MB',
      '30 MB',
      '50 TB',
    ]);
  });

  it('write times the coarser the longer they are', () => {
    expect([-1, 0.04, 3.21, 9.96, 45, 59.6, 130, 1500, 3599, 7500].map(en.duration)).toEqual([
      '0 s',
      '0.04 s',
      '3.2 s',
      '10 s',
      '45 s',
      '1 min 0 s',
      '2 min 10 s',
      '25 min',
      '1 h 0 min',
      '2 h 5 min',
    ]);
    expect(ja.duration(7500)).toBe('2 時間 5 分');
  });

  it('write measures with their unit, and gains with their sign', () => {
    const psnr = measureView('psnr', gauge);
    const error = measureView('error', gauge);
    const words = measureView('wrongWords', modalityOf(plan, 'note'));
    expect(en.measured(psnr, 18)).toBe('18.0 dB');
    expect(en.measured(measureView('ssim', gauge), -0.009)).toBe('−0.01');
    expect(en.measured(error, 1234.5)).toBe(`1,230 ${unit}`.trim());
    expect(ja.measured(error, 0.1)).toBe(`0.100 ${unit}`.trim());
    expect(ja.measured(words, 0.384)).toBe('38 %');
    expect([0.26, -0.26, 0.01].map((gain) => en.gained(psnr, gain))).toEqual([
      '+0.3 dB',
      '−0.3 dB',
      '0.0 dB',
    ]);
    expect(en.title(words)).toBe('Wrong words (lower is better)');
    expect(ja.title(psnr)).toBe('忠実度（大きいほど良い）');
  });
});
