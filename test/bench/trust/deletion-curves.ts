import type { Inputs } from '../../../training/explain/baseline.ts';
import { keepUnits, type Unit } from '../../../training/explain/units.ts';
import { meanSquaredError } from '../../../training/measures/psnr.ts';

/** A part's units, and what reconstructs from them. */
export interface Deletable {
  readonly units: readonly Unit[];
  readonly at: Inputs;
  readonly baseline: Inputs;
  run(rows: readonly Inputs[]): Promise<Float32Array[]>;
}

/** Areas under the curves, 0…1. */
export interface Areas {
  /** Units are taken away in order: the smaller, the sooner the picture is gone. */
  readonly deletion: number;
  /** Units are put back in order: the larger, the sooner it is there. */
  readonly insertion: number;
}

/**
 * Deletion and insertion after Petsiuk, Das and Saenko (RISE, arXiv 1806.07421, §3.3), for a reconstruction: what is left
 * of a picture x̂ after some units went is the share of its squared distance from the baseline's picture that still stands,
 * 1 − ‖x̂ₖ − x̂‖² / ‖x̂₀ − x̂‖², not under 0.
 * @param order unit numbers, most important first
 */
export async function areasUnder(
  { units, at, baseline, run }: Deletable,
  order: readonly number[],
): Promise<Areas> {
  const places = new Array<number>(units.length);
  for (const [place, unit] of order.entries()) places[unit] = place;
  const steps = [...order.keys(), order.length];
  const deleted = steps.map((gone) => keepUnits(units, at, baseline, (unit) => places[unit]! >= gone));
  const inserted = steps.map((here) => keepUnits(units, at, baseline, (unit) => places[unit]! < here));
  const rows = await run([...deleted, ...inserted]);
  const [whole, empty] = [rows[0]!, rows[order.length]!];
  const range = meanSquaredError(empty, whole);
  const left = rows.map((values) =>
    range > 0 ? Math.max(0, 1 - meanSquaredError(values, whole) / range) : 0,
  );
  return {
    deletion: areaUnder(left.slice(0, steps.length)),
    insertion: areaUnder(left.slice(steps.length)),
  };
}

/** By the trapezium rule over a curve of width 1. */
function areaUnder(curve: readonly number[]): number {
  const ends = (curve[0]! + curve.at(-1)!) / 2;
  return (curve.reduce((sum, value) => sum + value, 0) - ends) / (curve.length - 1);
}
