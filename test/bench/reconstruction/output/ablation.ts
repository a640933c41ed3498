import { mean } from '../figures.ts';
import { sourceSetNames } from '../setting.ts';
import { columns } from './columns.ts';
import type { ComparedRow } from './compare.ts';
import type { Spread } from './summary.ts';
import { aligned } from './text.ts';

/** A variant of FedRecon, measured. `rows` are those of all seeds and source sets. */
export interface Variant {
  readonly ingredient: string;
  readonly title: string;
  readonly isDefault: boolean;
  readonly rows: readonly ComparedRow[];
}

/** One line of the ablation table. */
export interface AblationLine {
  readonly ingredient: string;
  readonly title: string;
  readonly isDefault: boolean;
  readonly wins: boolean;
  readonly cells: readonly string[];
  readonly score: Spread;
}

const [psnr, ssim, coherence] = columns.quality;
const shown = [psnr, ssim, coherence] as const;

/** Titles of the columns: each figure from each source set, and the score. */
export const ablationHead: readonly string[] = [
  ...sourceSetNames.flatMap((source) => shown.map(({ title }) => `${source} ${title}`)),
  'score',
];

/**
 * The score that ablations are judged by: the mean of SSIM and coherence over the source sets, which are the figures
 * that FedRecon is meant to be ahead in. A mean over the seeds.
 */
export function scoreOf(rows: readonly ComparedRow[]): Spread {
  const bySeed = [...Map.groupBy(rows, ({ seed }) => seed).values()];
  const scores = bySeed.map((own) => mean(own.flatMap(({ ssim, coherence }) => [ssim, coherence])));
  const centre = mean(scores);
  const squares = scores.reduce((sum, score) => sum + (score - centre) ** 2, 0);
  return {
    mean: centre,
    deviation: scores.length > 1 ? Math.sqrt(squares / (scores.length - 1)) : undefined,
    count: scores.length,
  };
}

/** Lines by ingredient, the default among them, and in each ingredient the best score marked. */
export function ablationLines(variants: readonly Variant[]): AblationLine[] {
  const groups = [...Map.groupBy(variants, ({ ingredient }) => ingredient).values()];
  return groups.flatMap((group) => {
    const scores = group.map(({ rows }) => scoreOf(rows));
    const best = Math.max(...scores.map((score) => score.mean));
    return group.map(({ ingredient, title, isDefault, rows }, place): AblationLine => {
      const cells = sourceSetNames.flatMap((source) => {
        const own = rows.filter((row) => row.source === source);
        return shown.map(({ figure, scale, decimals }) =>
          (scale * mean(own.map((row) => row[figure]))).toFixed(decimals),
        );
      });
      const score = scores[place]!;
      return {
        ingredient,
        title,
        isDefault,
        wins: score.mean === best,
        cells: [...cells, scoreText(score)],
        score,
      };
    });
  });
}

function scoreText({ mean, deviation }: Spread): string {
  const text = (value: number) => value.toFixed(4);
  return deviation === undefined ? text(mean) : `${text(mean)} ± ${text(deviation)}`;
}

/** What the table says of each ingredient: whether the default is the winner. */
export function ablationVerdicts(lines: readonly AblationLine[]): string[] {
  return [...Map.groupBy(lines, ({ ingredient }) => ingredient)].map(([ingredient, group]) => {
    const winner = group.find(({ wins }) => wins)!;
    const own = group.find(({ isDefault }) => isDefault)!;
    if (winner.isDefault) return `${ingredient}: the default (${own.title}) is the winner.`;
    const lead = winner.score.mean - own.score.mean;
    const near = lead < (winner.score.deviation ?? 0) + (own.score.deviation ?? 0);
    return (
      `${ingredient}: **${winner.title} is ahead of the default** (${own.title}) by ${lead.toFixed(4)}` +
      `${near ? ', within what the seeds differ by' : ''}.`
    );
  });
}

/** The table and its verdicts as text. */
export function ablationText(lines: readonly AblationLine[]): string {
  const body = lines.map(({ ingredient, title, isDefault, wins, cells }) => [
    `${ingredient}: ${title}${isDefault ? ' (default)' : ''}${wins ? ' *' : ''}`,
    ...cells,
  ]);
  return [aligned([['', ...ablationHead], ...body]), ...ablationVerdicts(lines)].join('\n');
}
