import { mean } from '../../../training/measures/statistics.ts';
import type { Circumstances } from '../circumstances.ts';
import { aligned } from '../reconstruction/output/text.ts';
import type { Learner } from './learners.ts';
import type { Size } from './options.ts';
import type { CurvePoint, Quality } from './run.ts';

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

/** What became of `learner`. */
export function summaryOf(learner: string, points: readonly CurvePoint[]): Summary {
  const own = points.filter((point) => point.learner === learner);
  const last = Math.max(...own.map(({ round }) => round));
  const settled = Math.max(...own.filter(({ newShare }) => newShare === 0).map(({ round }) => round));
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

const percent = (share: number) => (100 * share).toFixed(1);
const decibel = (psnr: number) => psnr.toFixed(2);
/** A change for the better or the worse, with its sign. */
const change = (from: number, to: number, write: (value: number) => string) =>
  `${to < from ? '−' : '+'}${write(Math.abs(to - from))}`;

const columns: readonly (readonly [title: string, cell: (summary: Summary) => string])[] = [
  ['learner', ({ learner }) => learner],
  ['old before, %', ({ before }) => percent(before.coherence)],
  [
    'old at the end, %',
    ({ before, oldAtEnd }) =>
      `${percent(oldAtEnd.coherence)} (${change(before.coherence, oldAtEnd.coherence, percent)})`,
  ],
  ['new at the end, %', ({ newAtEnd }) => percent(newAtEnd.coherence)],
  ['old before, dB', ({ before }) => decibel(before.psnr)],
  [
    'old at the end, dB',
    ({ before, oldAtEnd }) => `${decibel(oldAtEnd.psnr)} (${change(before.psnr, oldAtEnd.psnr, decibel)})`,
  ],
  ['new at the end, dB', ({ newAtEnd }) => decibel(newAtEnd.psnr)],
  ['parts in the last round', ({ parts }) => parts.toFixed(0)],
];

function cells(points: readonly CurvePoint[], learners: readonly Learner[]): string[][] {
  const body = learners.map(({ name }) => columns.map(([, cell]) => cell(summaryOf(name, points))));
  return [columns.map(([title]) => title), ...body];
}

/** What the product's way gives against the two it stands between, from the figures alone. */
export function remarksOf(points: readonly CurvePoint[], learners: readonly Learner[]): string[] {
  const found = new Map(learners.map(({ name }) => [name, summaryOf(name, points)]));
  const ours = found.get('fedrecon');
  if (!ours) return [];
  return ['naive', 'everything'].flatMap((name) => {
    const other = found.get(name);
    if (!other) return [];
    const on = (kind: 'oldAtEnd' | 'newAtEnd') =>
      `${change(other[kind].psnr, ours[kind].psnr, decibel)} dB and ${change(other[kind].coherence, ours[kind].coherence, percent)} points of coherence`;
    const work = `${(ours.parts / other.parts).toFixed(2)} times its parts in the last round`;
    return [
      `Against ${name}, fedrecon at the end: ${on('oldAtEnd')} on old types, ${on('newAtEnd')} on new ones, with ${work}.`,
    ];
  });
}

/** The summaries as aligned text: coherence and PSNR, from gauge and note. */
export function textOf(points: readonly CurvePoint[], learners: readonly Learner[]): string {
  const about = learners.map(({ name, about }) => `${name.padEnd(12)}${about}`);
  return [aligned(cells(points, learners)), about.join('\n'), remarksOf(points, learners).join('\n')].join(
    '\n\n',
  );
}

/** A page of results for docs/results with the curves in it, every sentence of it from the figures. */
export function markdownOf(
  points: readonly CurvePoint[],
  learners: readonly Learner[],
  { command, machine, date, images, alpha, size, seeds }: Circumstances & { readonly size: Size },
): string {
  const [head, ...body] = cells(points, learners);
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const { parts, rounds } = size.budget;
  const firstNew = Math.min(...points.filter(({ newShare }) => newShare > 0).map(({ round }) => round));
  const list = (sentences: readonly string[]) => sentences.map((sentence) => `- ${sentence}`).join('\n');
  return [
    '# Continual learning',
    `\`${command}\``,
    `${date}; ${machine}.`,
    `Fashion-MNIST, ${images.toLocaleString('en-US')} images, of which ${Math.min(parts, images).toLocaleString('en-US')} are parts at ten plants, alpha ${alpha}; ` +
      `${rounds.generators} + ${rounds.mappings} rounds of generators and mappings on the stock, then ${rounds.completion} along the stream; seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}.`,
    `T-shirts, trousers, dresses, sandals and bags are made first (old types); parts of the five others come from round ${firstNew} of the stream on, and soon none of the old. ` +
      `Judged are camera images of held-out parts from gauge and note: coherence (share in which a judge network sees the true type) and PSNR. “Before”: the last round without new types. ` +
      `A reservoir has ${size.slots} slots a plant.`,
    [line(head!), line(head!.map((_, place) => (place === 0 ? '---' : '--:'))), ...body.map(line)].join('\n'),
    list(remarksOf(points, learners)),
    curvesOf(points, learners),
    'Coherence by round of the stream, mean over the seeds: old types solid, new ones dashed.',
    '## Learners',
    list(learners.map(({ name, about }) => `**${name}**: ${about}`)),
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
  const step = Math.ceil(Math.max(...rounds) / 6);
  const ticks = rounds
    .filter((round) => round % step === 0)
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
