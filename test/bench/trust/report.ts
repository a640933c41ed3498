import type { Circumstances } from '../circumstances.ts';
import { aligned } from '../reconstruction/output/text.ts';
import type { Budget } from '../reconstruction/setting.ts';
import { trainings } from './methods.ts';
import type { TrustSummary } from './summary.ts';

const percent = (share: number) => (100 * share).toFixed(1);
const shares = (values: readonly number[]) => values.map(percent).join(' / ');
const three = (value: number) => value.toFixed(3);

const columns: readonly (readonly [title: string, cell: (summary: TrustSummary) => string])[] = [
  ['covered at 80 / 90 / 95, %', ({ coverage }) => shares(coverage)],
  ['worst plant', ({ worstPlant }) => shares(worstPlant)],
  ['worst quarter', ({ worstQuarter }) => shares(worstQuarter)],
  ['width of 90 %', ({ width }) => three(width)],
  ['ECE', ({ ece }) => three(ece)],
  ['Brier', ({ brier }) => three(brier)],
  ['error AUROC', ({ errorAuroc }) => three(errorAuroc)],
  ['AURC', ({ aurc }) => three(aurc)],
  ['AUGRC', ({ augrc }) => three(augrc)],
  ['novelty AUROC', ({ noveltyAuroc }) => (noveltyAuroc === null ? '–' : three(noveltyAuroc))],
  ['reasons', ({ reasons }) => (reasons ? `×${reasons.factor.toFixed(1)}` : '–')],
  ['named / alarms, %', ({ naming }) => (naming ? shares([naming.right, naming.alarms]) : '–')],
];

/** The summaries of one population and source set, a table each. */
export function tablesOf(summaries: readonly TrustSummary[]) {
  const groups = Map.groupBy(summaries, ({ population, source }) => `${population}, from ${source}`);
  return [...groups].map(([title, own]) => ({
    title: `Parts: ${title}`,
    lines: [
      ['', ...columns.map(([head]) => head)],
      ...own.map((summary) => [summary.method, ...columns.map(([, cell]) => cell(summary))]),
    ],
  }));
}

/** The product's goals and whether they are met, a sentence each. */
export function goalsOf(summaries: readonly TrustSummary[]): string[] {
  const find = (population: string, source: string) =>
    summaries.find(
      (one) => one.method === 'fedrecon' && one.population.startsWith(population) && one.source === source,
    );
  const said = (what: string, value: string, met: boolean) =>
    `${met ? 'Met' : 'Not met'}: ${what}: ${value}.`;
  return ['gauge', 'note', 'both'].flatMap((source) => {
    const [all, strange] = [find('all', source), find('with a garment type', source)];
    if (!all) return [];
    const [coverage, worst] = [all.coverage[1]!, all.worstPlant[1]!];
    const least = { gauge: 0.9, note: 0.87, both: 0.9 }[source]!;
    const from = `from ${source}`;
    return [
      said(
        `90 % intervals cover 90 ± 1 %, ${from}`,
        `${percent(coverage)} %`,
        Math.abs(coverage - 0.9) <= 0.01,
      ),
      said(`never below 87 % in any plant, ${from}`, `${percent(worst)} %`, worst >= 0.87),
      said(`ECE at most 0.02, ${from}`, three(all.ece), all.ece <= 0.02),
      said(
        `error-detection AUROC at least ${least}, ${from}`,
        three(all.errorAuroc),
        all.errorAuroc >= least,
      ),
      ...(all.reasons
        ? [
            said(
              `reasons take the picture away twice as fast as chance, ${from}`,
              `×${all.reasons.factor.toFixed(1)}`,
              all.reasons.factor >= 2,
            ),
          ]
        : []),
      ...(strange?.noveltyAuroc && source !== 'note'
        ? [
            said(
              `an unseen garment type is told with AUROC at least 0.95, ${from}`,
              three(strange.noveltyAuroc),
              strange.noveltyAuroc >= 0.95,
            ),
          ]
        : []),
    ];
  });
}

/** All tables as aligned text, and which goals are met. */
export function textOf(summaries: readonly TrustSummary[]): string {
  const tables = tablesOf(summaries).map(({ title, lines }) => `${title}\n${aligned(lines)}`);
  return [...tables, goalsOf(summaries).join('\n')].join('\n\n');
}

/** What was run. */
export interface Facts extends Omit<Circumstances, 'alpha'> {
  readonly alphas: readonly number[];
  readonly budget: Budget;
}

/** The run in sentences. */
export function factsOf({ command, machine, date, images, alphas, budget, seeds }: Facts): string[] {
  const { generators, mappings, completion } = budget.rounds;
  return [
    `${command} on ${date}; ${machine}.`,
    `Camera images at ten plants, one of them outside the federation; Fashion-MNIST, ${images.toLocaleString('en-US')} images; alpha ${alphas.join(' and ')}, seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}; ` +
      `${generators} + ${mappings} + ${completion} rounds. Plants with a camera set every fifth part aside to calibrate on; what they send is sums. Means over alphas and seeds; the worst plant is the lowest of all.`,
  ];
}

/** What is compared, and how, in sentences. */
export const meaning: readonly string[] = [
  ...trainings.flatMap(({ methods }) => Object.entries(methods).map(([name, about]) => `${name}: ${about}.`)),
  'The rivals’ intervals are those of a normal distribution with their deviation; their confidence is calibrated on the same held-out parts as the product’s, with their deviation as its only feature.',
  'Covered: mean share of a part’s pixels that lie within their interval; in the plant where it is lowest; in the quarter of the parts, by the width of their intervals, where it is lowest.',
  'Confidence: the probability that the root mean squared error is within a tolerance, checked at the tolerances that 50, 80 and 90 % of the calibration parts meet (ECE, Brier, AURC, AUGRC).',
  'Reasons: how many times smaller the area under the deletion curve is than in random order, when what integrated gradients name first is taken away first.',
  'Error AUROC: how well the worst fifth of the parts is told beforehand. Novelty AUROC: how well parts of a type that no plant has learned, or with a fault, are told from the others. Named: share of the faulty parts of which the first suspicion is the right one; alarms: share of the others of which there is any.',
];

/** A page of results for docs/results, every sentence of it from the rows. */
export function markdownOf(summaries: readonly TrustSummary[], facts: Facts): string {
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = ([head, ...body]: readonly (readonly string[])[]) =>
    [head!, head!.map((_, place) => (place === 0 ? '---' : '---:')), ...body].map(row).join('\n');
  return [
    '# Trust',
    ...factsOf(facts),
    `## Goals\n\n${list(goalsOf(summaries))}`,
    ...tablesOf(summaries).map(({ title, lines }) => `## ${title}\n\n${table(lines)}`),
    `## What the figures mean\n\n${list(meaning)}`,
    '',
  ].join('\n\n');
}
