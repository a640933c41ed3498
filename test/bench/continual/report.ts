import { mean } from '../reconstruction/figures.ts';
import type { Learner } from './learners.ts';
import type { CurvePoint, Quality } from './run.ts';
import { newShares, roundsPerArrival } from './stream.ts';

/** What became of a learner, as means over the seeds. */
export interface Summary {
  readonly learner: string;
  /** Of the old types before the first new one came. */
  readonly before: Quality;
  readonly oldAtEnd: Quality;
  readonly newAtEnd: Quality;
  /** Parts that all plants together trained on in the last round. */
  readonly parts: number;
}

/** Rounds of the stream before the first part of a new type came. */
const lastOldRound = newShares.findIndex((share) => share > 0) * roundsPerArrival;

export function summaryOf(learner: string, points: readonly CurvePoint[]): Summary {
  const own = points.filter((point) => point.learner === learner);
  const last = Math.max(...own.map(({ round }) => round));
  const settled = Math.max(...own.map(({ round }) => round).filter((round) => round <= lastOldRound));
  const at = (round: number, read: (point: CurvePoint) => Quality): Quality => {
    const some = own.filter((point) => point.round === round).map(read);
    return {
      psnr: mean(some.map(({ psnr }) => psnr)),
      coherence: mean(some.map(({ coherence }) => coherence)),
    };
  };
  return {
    learner,
    before: at(settled, ({ old }) => old),
    oldAtEnd: at(last, ({ old }) => old),
    newAtEnd: at(last, (point) => point.new),
    parts: mean(own.filter(({ round }) => round === last).map(({ parts }) => parts)),
  };
}

const percent = ({ coherence }: Quality) => `${(100 * coherence).toFixed(1)} %`;
const decibel = ({ psnr }: Quality) => psnr.toFixed(2);
const columns: readonly (readonly [title: string, cell: (summary: Summary) => string])[] = [
  ['learner', ({ learner }) => learner],
  ['old, before the drift', ({ before }) => percent(before)],
  ['old, at the end', ({ oldAtEnd }) => percent(oldAtEnd)],
  ['new, at the end', ({ newAtEnd }) => percent(newAtEnd)],
  ['old, before the drift, dB', ({ before }) => decibel(before)],
  ['old, at the end, dB', ({ oldAtEnd }) => decibel(oldAtEnd)],
  ['new, at the end, dB', ({ newAtEnd }) => decibel(newAtEnd)],
  ['parts in the last round', ({ parts }) => parts.toFixed(0)],
];

function cells(points: readonly CurvePoint[], learners: readonly Learner[]): string[][] {
  const body = learners.map(({ name }) => columns.map(([, cell]) => cell(summaryOf(name, points))));
  return [columns.map(([title]) => title), ...body];
}

/** The summaries as aligned text: coherence and PSNR, from gauge and note. */
export function textOf(points: readonly CurvePoint[], learners: readonly Learner[]): string {
  const table = cells(points, learners);
  const widths = columns.map((_, place) => Math.max(...table.map((line) => line[place]!.length)));
  return table.map((line) => line.map((cell, place) => cell.padEnd(widths[place]!)).join('  ')).join('\n');
}

/** The summaries and the curves as Markdown with a drawing in it. */
export function markdownOf(
  points: readonly CurvePoint[],
  learners: readonly Learner[],
  command: string,
): string {
  const [head, ...body] = cells(points, learners);
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [
    '# Continual learning',
    `Made by \`${command}\`. Coherence and PSNR of camera images from gauge and note. Old types swap for new ones from round ${lastOldRound + 1} on.`,
    [line(head!), line(head!.map(() => '---')), ...body.map(line)].join('\n'),
    learners.map(({ name, about }) => `- **${name}**: ${about}`).join('\n'),
    curvesOf(points, learners),
    '',
  ].join('\n\n');
}

/** Okabe and Ito's colours, which everyone can tell apart. */
const colours = ['#0072b2', '#009e73', '#cc79a7', '#d55e00', '#000000'];
const size = { width: 760, height: 360, left: 48, top: 16, bottom: 32, right: 130 } as const;

/** Coherence by round as an SVG: old types solid, new ones dashed, a colour a learner. */
export function curvesOf(points: readonly CurvePoint[], learners: readonly Learner[]): string {
  const rounds = [...new Set(points.map(({ round }) => round))].sort((a, b) => a - b);
  const x = (round: number) =>
    size.left + ((size.width - size.left - size.right) * round) / Math.max(...rounds);
  const y = (share: number) => size.height - size.bottom - (size.height - size.top - size.bottom) * share;
  const path = (learner: string, read: (point: CurvePoint) => Quality) => {
    const own = points.filter((point) => point.learner === learner);
    const at = [...new Set(own.map(({ round }) => round))].map((round) => {
      const some = own.filter((point) => point.round === round);
      return `${x(round).toFixed(1)},${y(mean(some.map((point) => read(point).coherence))).toFixed(1)}`;
    });
    return at.join(' ');
  };
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/><text x="${size.left - 6}" y="${y(share) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const ticks = rounds
    .filter((round) => round % (2 * roundsPerArrival) === 0)
    .map((round) => `<text x="${x(round)}" y="${size.height - 12}" text-anchor="middle">${round}</text>`);
  const curves = learners.flatMap(({ name }, index) => {
    const colour = colours[index % colours.length]!;
    const line = `fill="none" stroke="${colour}" stroke-width="2"`;
    return [
      `<polyline points="${path(name, ({ old }) => old)}" ${line}/>`,
      `<polyline points="${path(name, (point) => point.new)}" ${line} stroke-dasharray="5 4"/>`,
      `<text x="${size.width - size.right + 12}" y="${size.top + 16 + 18 * index}" fill="${colour}">${name}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12" role="img" aria-label="Coherence by round: old types solid, new types dashed">`,
    ...[...grid, ...ticks, ...curves],
    '</svg>',
  ].join('\n');
}
