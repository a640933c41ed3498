import { mean } from '../../../../training/measures/statistics.ts';
import { sourceSetNames } from '../setting.ts';
import { columns } from './columns.ts';
import type { ComparedRow } from './compare.ts';
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
  /** Seed by seed, in the order of the seeds. */
  readonly scores: readonly number[];
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
 * that FedRecon is meant to be ahead in. One for each seed, in their order.
 */
export function scoresOf(rows: readonly ComparedRow[]): number[] {
  const bySeed = [...Map.groupBy(rows, ({ seed }) => seed)].sort(([a], [b]) => a - b);
  return bySeed.map(([, own]) => mean(own.flatMap(({ ssim, coherence }) => [ssim, coherence])));
}

/** Lines by ingredient, the default among them, and in each ingredient the best score marked. */
export function ablationLines(variants: readonly Variant[]): AblationLine[] {
  const groups = [...Map.groupBy(variants, ({ ingredient }) => ingredient).values()];
  return groups.flatMap((group) => {
    const scores = group.map(({ rows }) => scoresOf(rows));
    const best = Math.max(...scores.map(mean));
    return group.map(({ ingredient, title, isDefault, rows }, place): AblationLine => {
      const cells = sourceSetNames.flatMap((source) => {
        const here = rows.filter((row) => row.source === source);
        return shown.map(({ figure, scale, decimals }) =>
          (scale * mean(here.map((row) => row[figure]))).toFixed(decimals),
        );
      });
      const own = scores[place]!;
      return {
        ingredient,
        title,
        isDefault,
        wins: mean(own) === best,
        cells: [...cells, scoreText(own)],
        scores: own,
      };
    });
  });
}

function scoreText(scores: readonly number[]): string {
  const text = (value: number) => value.toFixed(4);
  return scores.length > 1 ? `${text(mean(scores))} (${scores.map(text).join(', ')})` : text(scores[0]!);
}

/**
 * What the table says of each ingredient: whether the default is the winner. Seeds differ by more than variants do, for
 * they deal out other parts, so variants are compared within each seed: one that is not ahead in all is not ahead.
 */
export function ablationVerdicts(lines: readonly AblationLine[]): string[] {
  return [...Map.groupBy(lines, ({ ingredient }) => ingredient)].map(([ingredient, group]) => {
    const winner = group.find(({ wins }) => wins)!;
    const own = group.find(({ isDefault }) => isDefault)!;
    if (winner.isDefault) return `${ingredient}: the default (${own.title}) is the winner.`;
    const leads = winner.scores.map((score, seed) => score - own.scores[seed]!);
    const said = `${mean(leads).toFixed(4)} (seed by seed ${leads.map((lead) => lead.toFixed(4)).join(', ')})`;
    return leads.every((lead) => lead > 0)
      ? `${ingredient}: **${winner.title} is ahead of the default** (${own.title}) by ${said}.`
      : `${ingredient}: not decided; ${winner.title} is ahead of the default (${own.title}) by ${said}.`;
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
