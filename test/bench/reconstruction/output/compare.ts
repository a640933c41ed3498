import type { Row } from '../rows.ts';

/** A row beside the other methods of its setting. */
export interface ComparedRow extends Row {
  /** Centralised PSNR less this one, in dB; null where it was not measured. */
  readonly gapToCentralised: number | null;
  /**
   * First measured round with 90 % of the way from the mean image's PSNR to centralised's last; null if it was never
   * reached, or if one of the two was not measured.
   */
  readonly roundsTo90: number | null;
}

/** Adds what follows from the `centralised` and `mean-image` rows of the same setting and source set. */
export function compared(rows: readonly Row[]): ComparedRow[] {
  return rows.map((row) => {
    const beside = (method: string) => rows.find((other) => other.method === method && isBeside(row, other));
    const ceiling = beside('centralised')?.psnr;
    const floor = beside('mean-image')?.psnr;
    const goal = ceiling !== undefined && floor !== undefined ? floor + 0.9 * (ceiling - floor) : undefined;
    return {
      ...row,
      gapToCentralised: ceiling === undefined ? null : ceiling - row.psnr,
      roundsTo90: goal === undefined ? null : (row.course.find(([, psnr]) => psnr >= goal)?.[0] ?? null),
    };
  });
}

function isBeside(a: Row, b: Row): boolean {
  return a.alpha === b.alpha && a.missing === b.missing && a.seed === b.seed && a.source === b.source;
}
