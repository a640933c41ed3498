import { methods } from '../methods/index.ts';
import type { Budget } from '../setting.ts';
import { tuning } from '../tuning.ts';
import { type AblationLine, ablationHead, ablationVerdicts } from './ablation.ts';
import { type Column, columns } from './columns.ts';
import { aheadAndBehind, goalsOf, leadsOf } from './remarks.ts';
import type { Entry, Group } from './summary.ts';
import { gridOf } from './table.ts';

/** What was run, for the head of a page of results. */
export interface Circumstances {
  readonly title: string;
  readonly command: string;
  readonly machine: string;
  readonly workers: number;
  /** `2026-11-23` */
  readonly date: string;
  readonly images: number;
  readonly budget: Budget;
  readonly seeds: readonly number[];
}

/** What is shown: tables of methods, or the table of ablations. */
export interface Results {
  readonly groups: readonly Group[];
  readonly ablations: readonly AblationLine[];
}

/** A page of results for docs/results, every sentence of it from the rows. */
export function markdownOf(circumstances: Circumstances, { groups, ablations }: Results): string {
  const shown = ablations.length > 0 ? ablationSections(ablations) : methodSections(groups);
  return [`# ${circumstances.title}`, factsOf(circumstances, groups), ...shown].join('\n\n').concat('\n');
}

/** How it came about, in a few sentences that a report can show as well. */
export function factsOf(
  { command, machine, workers, date, images, budget, seeds }: Circumstances,
  groups: readonly Group[],
): string {
  const { generators, mappings, completion } = budget.rounds;
  const truth = groups.flatMap(({ entries }) =>
    entries.flatMap(({ rows }) => rows.map((row) => row.judgeOnTruth)),
  );
  const judged =
    truth.length === 0
      ? ''
      : ` The judge recognises ${[...new Set([Math.min(...truth), Math.max(...truth)].map((share) => (100 * share).toFixed(1)))].join('–')} % of the true images: what coherence can reach.`;
  return [
    `\`${command}\``,
    `${date}; ${machine}; ${workers} process${workers === 1 ? '' : 'es'} of one thread at a time, so seconds are those of a shared machine.`,
    `Fashion-MNIST, ${images.toLocaleString('en-US')} images; ${Math.min(budget.parts, images).toLocaleString('en-US')} parts at ten plants, every eighth held out; ` +
      `${generators} + ${mappings} + ${completion} rounds of generators, mappings and completion, and as many for every rival; seeds ${seeds.join(', ')}. ` +
      `Numbers are means ± standard deviations over the seeds. No method sees the held-out parts, nor the images that the judge was trained on.${judged}`,
  ].join('\n\n');
}

function methodSections(groups: readonly Group[]): string[] {
  const settings = [...Map.groupBy(groups, ({ alpha, missing }) => `${alpha} ${missing}`).values()];
  return [
    '## Where FedRecon is ahead, and where it is not',
    leadsSaid,
    leadsTable(groups),
    listOf(aheadAndBehind(groups)),
    ...titled('### Goals', listOf(goalsOf(groups))),
    ...settings.flatMap((own) => [
      `## alpha ${own[0]!.alpha}, ${100 * own[0]!.missing} % of the plants without a camera`,
      ...own.flatMap(({ source, entries }) => [
        `### Camera from ${source === 'both' ? 'gauge and note' : source}`,
        tableOf(entries, columns.quality),
        tableOf(entries, columns.stability),
      ]),
      '### Cost',
      'Of an image from gauge and note where it depends on the sources.',
      tableOf((own.find(({ source }) => source === 'both') ?? own[0]!).entries, columns.cost),
    ]),
    '## What the figures mean',
    listOf(meanings),
    '## Methods',
    methodsOf(groups),
    ...tuningSection(),
  ];
}

/** What the table of leads shows. */
export const leadsSaid =
  'FedRecon’s lead over the best federated rival in each cell, and which rival that is; a lead is bold.';

function leadsTable(groups: readonly Group[]): string {
  const { head, body, places } = leadsOf(groups);
  const lines = body.map((cells, line) => [
    places[line]!,
    ...cells.map(({ text, ahead }) => (ahead ? `**${text}**` : text)),
  ]);
  return markdownTable(['', ...head], lines);
}

function ablationSections(lines: readonly AblationLine[]): string[] {
  const body = lines.map(({ ingredient, title, isDefault, wins, cells }) => [
    ingredient,
    `${title}${isDefault ? ' (default)' : ''}`,
    ...cells.map((cell, place) => (wins && place === cells.length - 1 ? `**${cell}**` : cell)),
  ]);
  return [
    '## Is the default the winner?',
    listOf(ablationVerdicts(lines)),
    '## All variants',
    'One ingredient is changed at a time. The score is the mean of SSIM and coherence over the three source sets; in brackets that of each seed; the best of an ingredient is bold. PSNR in dB, coherence in %.',
    markdownTable(['ingredient', 'variant', ...ablationHead], body),
  ];
}

function tableOf(entries: readonly Entry[], chosen: readonly Column[]): string {
  const { head, body } = gridOf(entries, chosen);
  const lines = body.map(({ method, cells }) => [
    method,
    ...cells.map(({ text, best }) => (best ? `**${text}**` : text)),
  ]);
  return markdownTable(['method', ...head], lines);
}

function markdownTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map((_, place) => (place === 0 ? '---' : '--:')), ...body]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

function titled(title: string, text: string): string[] {
  return text === '' ? [] : [title, text];
}

function methodsOf(groups: readonly Group[]): string {
  const named = new Set(groups.flatMap(({ entries }) => entries.map(({ method }) => method)));
  return listOf(
    methods
      .filter(({ name }) => named.has(name))
      .map(
        ({ name, about, outside }) => `**${name}**: ${about}${outside ? ` (${outsideWords[outside]})` : ''}`,
      ),
  );
}

const outsideWords = {
  ceiling: 'no rival: it needs all parts in one place',
  alone: 'no federated rival: nothing is exchanged',
  labels: 'no rival on equal terms: no other method is told the garment types',
} as const;

function tuningSection(): string[] {
  return titled(
    '## Tuning',
    tuning.length === 0
      ? ''
      : [
          'The grid of each method; a method without a line runs with the plan’s settings. The score is the mean of SSIM and coherence over the three source sets.',
          markdownTable(
            ['method', 'setting', 'grid', 'chosen', 'chosen by'],
            tuning.map(({ method, setting, grid, chosen, by }) => [
              method,
              setting,
              grid.join(', '),
              `${chosen}`,
              by,
            ]),
          ),
        ].join('\n\n'),
  );
}

/** The columns in words. */
export const meanings: readonly string[] = [
  'Best federated method in bold. PSNR, SSIM: mean over the held-out parts, against the true camera image.',
  'coherence: share of the reconstructions in which a judge network, trained on other real images, sees the true garment type.',
  'top 1, top 10: share of the parts whose own camera latent is the nearest (among the ten nearest) by cosine to what the sources are mapped to; “unmapped”: to the sources’ own latents, where these are as wide. “pixel”: the same with images and pixel error, for all methods.',
  'spread, largest drop: of the mean PSNR over the last ten rounds. worst plant: mean PSNR at the plant where it is lowest. gap to centralised: in PSNR.',
  'rounds to 90 %: first measured round (every fourth, and each of the last ten) with 90 % of the way from the mean image’s PSNR to the centralised model’s last. – if a seed never got there.',
  'cost: operations are counted in the programs as they ran (matrix products and convolutions, gradients included), all plants together; “a part and pass” divides by the same number for every method: rounds × passes × parts. Bytes are float32 tensors sent and received by all plants.',
];
