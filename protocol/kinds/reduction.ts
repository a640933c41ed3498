import { z } from 'zod';
import { said } from '../issue-words.ts';
import { unitText } from './channels.ts';

/** Figures of a window: the mean of its values, their root mean square, and the largest distance from zero. */
export const windowFigures = ['mean', 'rms', 'peak'] as const;
export type WindowFigure = (typeof windowFigures)[number];

/**
 * How a signal of more values than the plan's comes to the plan's length: by means of equal shares (`resample`, also where nothing is
 * said), by figures of equal windows, or by its spectrum.
 */
export const signalReduction = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('resample') }),
  z.strictObject({
    by: z.literal('windows'),
    /** Figures of each window; all windows' means come first, then all their root mean squares, then all their peaks. */
    figures: z
      .array(z.enum(windowFigures))
      .min(1)
      .refine(
        (own) => new Set(own).size === own.length,
        said('name each figure once', '同じ特徴量は 1 回だけ書いてください'),
      )
      .default([...windowFigures]),
  }),
  z.strictObject({
    by: z.literal('spectrum'),
    /** Samples a second, in hertz; absent: frequencies count per sample. */
    rate: z.number().positive().optional(),
    /** Unit of the values that were measured; the plan's unit is that of the spectrum, in decibels. */
    measured: unitText.default(''),
  }),
]);
export type SignalReduction = z.infer<typeof signalReduction>;

/** Adds an issue where a length is none that the reduction can give. */
export function checkReduction(
  {
    length,
    reduction,
    channels,
  }: {
    readonly length: number;
    readonly reduction?: SignalReduction | undefined;
    readonly channels?: unknown;
  },
  context: z.RefinementCtx,
): void {
  const issue = (path: string, problem: string, problemJa: string) =>
    context.addIssue({ code: 'custom', path: [path], message: problem, params: { problemJa } });
  if (reduction === undefined || reduction.by === 'resample') return;
  if (channels !== undefined)
    issue(
      'reduction',
      'values of unlike channels stand for themselves: leave the "reduction" out',
      'チャンネルごとに意味の違う値は短くできません。「reduction」を削除してください',
    );
  if (reduction.by === 'windows' && length % reduction.figures.length !== 0)
    issue(
      'length',
      `the length must be a multiple of ${reduction.figures.length}, as many figures has each window`,
      `length は 1 区間の値の数（${reduction.figures.length}）の倍数にしてください`,
    );
  if (reduction.by === 'spectrum' && (length & (length - 1)) !== 0)
    issue(
      'length',
      'the length of a spectrum must be a power of two: 64, 128, 256, …',
      'スペクトルの length は 2 のべき乗（64、128、256 など）にしてください',
    );
}
