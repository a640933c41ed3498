import { describe, expect, it } from 'vitest';
import { exampleRow as example } from '../example-row.ts';
import { reportOf } from '../report/page.ts';
import type { Row } from '../rows.ts';
import { budgets } from '../setting.ts';
import { ablationLines, ablationVerdicts } from './ablation.ts';
import { compared } from './compare.ts';
import { type Circumstances, markdownOf } from './markdown.ts';
import { aheadAndBehind, bestRivals, goalsOf } from './remarks.ts';
import { groupsOf } from './summary.ts';
import { textOf } from './text.ts';

const circumstances: Circumstances = {
  title: 'Main table',
  command: 'npm run bench:reconstruction',
  machine: '2 cores',
  workers: 2,
  date: '2026-11-23',
  images: 10_000,
  budget: budgets.quick,
  seeds: [1, 2],
};
const ceiling: Row = { ...example, method: 'centralised', psnr: 18, coherence: 0.77 };
const floor: Row = {
  ...example,
  method: 'mean-image',
  psnr: 11,
  ssim: 0.1,
  coherence: 0.1,
  trainMflop: 0,
  course: [[1, 11]],
};
const direct: Row = { ...example, method: 'direct', psnr: 19, coherence: 0.6 };
const poe: Row = { ...example, method: 'fedavg-poe', psnr: 16, ssim: 0.4, coherence: 0.5, spread: 0.15 };
const rows = [
  example,
  { ...example, seed: 2, psnr: 17.7 },
  ceiling,
  { ...ceiling, seed: 2 },
  floor,
  { ...floor, seed: 2 },
  direct,
  { ...direct, seed: 2 },
  poe,
  { ...poe, seed: 2 },
];
const groups = groupsOf(compared(rows));

describe('a row beside the others of its setting', () => {
  it('knows its gap to the centralised model, and when it had come 90 % of the way', () => {
    const [own, , top, , bottom] = compared(rows);
    expect(own!.gapToCentralised).toBeCloseTo(0.5, 9);
    // 11 + 0.9 · (18 − 11) = 17.3 dB.
    expect(own!.roundsTo90).toBe(12);
    expect(top!.roundsTo90).toBe(12);
    expect(bottom!.roundsTo90).toBeNull();
  });

  it('has no gap where there is no centralised model', () => {
    expect(compared([example])[0]).toMatchObject({ gapToCentralised: null, roundsTo90: null });
  });
});

describe('the tables', () => {
  it('give means and standard deviations over the seeds', () => {
    expect(textOf(groups)).toContain('17.60 ± 0.14');
  });

  it('mark the best federated method, never the ceiling', () => {
    const page = markdownOf(circumstances, { groups, ablations: [] });
    const line = (method: string) => page.split('\n').find((one) => one.startsWith(`| ${method} |`))!;
    expect(line('direct')).toContain('**19.00**');
    expect(line('centralised')).not.toContain('**');
    expect(line('fedrecon')).toContain('**75.0**');
  });
});

describe('the remarks', () => {
  it('name each cell in which a rival is ahead, and none in which FedRecon is', () => {
    const remarks = aheadAndBehind(groups);
    expect(remarks[0]).toContain('in 2 of 3 cells');
    expect(remarks.slice(1)).toEqual([
      'alpha 0.1, 50 % without a camera, camera ← gauge: direct is ahead in PSNR, 19.00 against 17.60 ± 0.14 dB.',
    ]);
  });

  it('say of each goal whether it was met', () => {
    const goals = goalsOf(groups);
    expect(goals[0]).toContain('**not met**, spread of the last ten rounds 0.10 dB');
    expect(goals[1]).toContain('met, coherence 75.0 %, centralised 77.0 %');
    expect(goals).toHaveLength(2);
  });

  it('rank rivals over all figures, FedRecon and its ceiling left out', () => {
    expect(bestRivals(groups, 2)).toEqual(['direct', 'fedavg-poe']);
  });
});

describe('the ablations', () => {
  const variant = (title: string, bySeed: readonly [number, number], isDefault = false) => ({
    ingredient: 'fusion',
    title,
    isDefault,
    // Last things first: seeds are matched by their number.
    rows: compared(bySeed.map((ssim, place) => ({ ...example, seed: place + 1, ssim })).toReversed()),
  });

  it('mark the best variant of an ingredient and say whether it is the default', () => {
    const lines = ablationLines([variant('mean', [0.4, 0.41], true), variant('precision', [0.5, 0.53])]);
    expect(lines.map(({ wins }) => wins)).toEqual([false, true]);
    expect(ablationVerdicts(lines)).toEqual([
      'fusion: **precision is ahead of the default** (mean) by 0.0550 (seed by seed 0.0500, 0.0600).',
    ]);
    const verdictOf = (own: [number, number], other: [number, number]) =>
      ablationVerdicts(ablationLines([variant('mean', own, true), variant('precision', other)]));
    expect(verdictOf([0.5, 0.5], [0.4, 0.4])).toEqual(['fusion: the default (mean) is the winner.']);
    expect(verdictOf([0.5, 0.5], [0.49, 0.55])).toEqual([
      'fusion: not decided; precision is ahead of the default (mean) by 0.0100 (seed by seed -0.0050, 0.0250).',
    ]);
  });
});

describe('the page', () => {
  it('holds all it shows: images, curves, and nothing from elsewhere', () => {
    const samples = { truth: 'QUFB', gauge: 'QkJC', note: 'Q0ND', both: 'RERE' };
    const page = reportOf(circumstances, groups, [{ rows: [example], samples }]);
    expect(page.match(/<img /g)).toHaveLength(6);
    expect(page).toContain('data:image/png;base64,RERE');
    expect(page.match(/<polyline /g)).toHaveLength(5);
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(page).not.toContain('NaN');
  });
});
