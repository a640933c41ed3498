import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownLevel } from '../../../main/api/shown-level.ts';
import { calibrationParts } from '../../../main/pilot/recommendation.ts';
import { makeReport } from '../../../main/pilot/report.ts';
import { intervalScores, intervalWidth } from '../../../training/confidence/intervals.ts';
import { goodCamera, holdout, inventory, pilotMeasured, stuck, unevenGauge } from './pilot-measured.ts';

const reportOf = (...given: Parameters<typeof pilotMeasured>) => makeReport(pilotMeasured(...given)).report;
const unmet = ({ rules }: ReturnType<typeof reportOf>) => rules.filter(({ met }) => !met);

describe('the recommendation', () => {
  it('is go where every rule is met', () => {
    const report = reportOf();
    expect(unmet(report)).toEqual([]);
    expect(report.decision).toBe('go');
    expect(report.risks[0]!.en).toContain('found none');
  });

  it('is go with conditions where a sensor needs repair, and says what to do and how long it takes', () => {
    const report = reportOf({}, { findings: [stuck] });
    expect(report.decision).toBe('conditions');
    expect(report.findings[0]).toMatchObject({ severity: 'repair' });
    expect(report.findings[0]!.title.en).toContain(
      'value 3 stood still for 20 consecutive parts (rows 20 to 39)',
    );
    expect(
      report.effort.lines.some(
        ({ text, minutes }) => text.en.startsWith('Look after: Gauge') && minutes === 30,
      ),
    ).toBe(true);
  });

  it.each([
    ['too few parts have two measurements', {}, { inventory: { ...inventory, paired: 12 } }],
    [
      'nothing comes back better than the mean',
      {},
      {
        holdout: {
          ...holdout,
          qualities: [{ ...goodCamera, figures: [{ measure: 'psnr', reconstructed: 10, mean: 11 }] }],
        },
      },
    ],
    ['nothing could be hidden', {}, { holdout: { ...holdout, qualities: [] } }],
    ['a round does not fit the line', { lines: [0.001] }, {}],
  ] as const)('is not yet where %s', (_why, changes, changed) => {
    const report = reportOf(changes, changed as never);
    expect(report.decision).toBe('not-yet');
    expect(unmet(report).some(({ needed }) => needed)).toBe(true);
    expect(report.reason.en).toMatch(/^Rules not met: /);
  });

  it('never gets better by having fewer parts with two measurements', () => {
    const order = ['not-yet', 'conditions', 'go'];
    const rank = (paired: number) =>
      order.indexOf(reportOf({}, { inventory: { ...inventory, paired } }).decision);
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (one, other) => {
        expect(rank(Math.min(one, other))).toBeLessThanOrEqual(rank(Math.max(one, other)));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('asks for as many judged parts as the intervals on show need at least', () => {
    const flawless = (parts: number) =>
      intervalWidth(intervalScores(Array.from({ length: parts }, () => [0])), shownLevel);
    expect(flawless(calibrationParts)).toHaveProperty('width');
    expect(flawless(calibrationParts - 1)).toEqual({ missingParts: 1 });
  });
});

describe('unlike channels', () => {
  const { rules, decision, risks, quality } = reportOf(
    {},
    { holdout: { ...holdout, qualities: [goodCamera, unevenGauge] } },
  );

  it('count one by one for what is better than the mean, and clearly so', () => {
    expect(
      rules.filter(({ text }) => text.en.includes('channel')).map(({ fact, met }) => [fact.en, met]),
    ).toEqual([
      ['3 of 5', true],
      ['2 of 5', false],
    ]);
    expect(decision).toBe('conditions');
  });

  it('that are no better than the mean are named, the worst first, with their figures and among the risks', () => {
    const gauge = quality.modalities.find(({ label }) => label.en === 'Gauge')!;
    expect(gauge.channels.map(({ name, better }) => [name, better])).toEqual([
      ['holes', false],
      ['slant', false],
      ['width', true],
      ['area', true],
    ]);
    expect(gauge.caution).toEqual({
      en: 'No better than the mean: holes, slant.',
      ja: '平均値より良くないチャンネル：holes、slant',
    });
    expect(risks.map(({ en }) => en).filter((risk) => risk.includes('holes, slant were not'))).toHaveLength(
      1,
    );
    expect(quality.modalities[0]).toMatchObject({ channels: [], caution: null });
  });
});

describe('the risks', () => {
  it('name measurements that never come together, one-sided data and kinds without an example', () => {
    const list = [800, 95, 5].map((parts) => ({
      parts,
      paired: parts,
      shown: { kind: 'text', text: '' } as const,
    }));
    const pairs = inventory.pairs.map((pair) => ({ ...pair, parts: 0 }));
    const { risks } = reportOf({}, { inventory: { ...inventory, pairs }, groups: { by: 'gauge', list } });
    const all = risks.map(({ en }) => en).join('\n');
    expect(all).toContain('Camera and Gauge never occur on the same part');
    expect(all).toContain('89 % of the parts look alike');
    expect(all).toContain('1 groups of parts (5 parts)');
  });

  it('are said in Japanese too', () => {
    const { risks, reason } = reportOf({}, { inventory: { ...inventory, paired: 12 } });
    for (const { ja } of [...risks, reason]) expect(ja).toMatch(/[ぁ-んァ-ン一-龠]/);
  });
});

it('the hours are the sum of the lines that are shown', () => {
  const { effort } = reportOf({}, { findings: [stuck] });
  const hours = effort.lines.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
  expect(effort.summary.en).toContain(
    `About ${hours.toLocaleString('en', { maximumFractionDigits: 1 })} hours`,
  );
});
