import { mean } from '../figures.ts';
import type { Cell } from './cell.ts';

/** Says how far a run is, and how long it still takes. */
export interface Progress {
  /** A line for a cell that ended. */
  done(cell: Cell, seconds: number, well: boolean): string;
}

/** What remains is taken to last as long as its methods did so far, and a method not seen yet as long as the others' mean. */
export function openProgress(cells: readonly Cell[], workers: number): Progress {
  const waiting = new Set(cells);
  const seen = new Map<string, number[]>();
  return {
    done(cell, seconds, well) {
      waiting.delete(cell);
      seen.set(cell.method, [...(seen.get(cell.method) ?? []), seconds]);
      const means = new Map([...seen].map(([method, list]) => [method, mean(list)]));
      const usual = mean([...means.values()]);
      const left = [...waiting].reduce((sum, { method }) => sum + (means.get(method) ?? usual), 0) / workers;
      const count = `${cells.length - waiting.size} of ${cells.length}`;
      const rest = waiting.size > 0 ? `; about ${duration(left)} left` : '';
      return `${count}: ${nameOf(cell)}: ${well ? `${seconds.toFixed(0)} s` : 'FAILED'}${rest}`;
    },
  };
}

/** `40 s`, `12 min`, `3 h 20 min` */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `alpha 0.1, 50 % without a camera, seed 1, fedrecon` */
export function nameOf({ method, setting: { alpha, missing, seed }, patch }: Cell): string {
  const changed = Object.keys(patch).length > 0 ? ` ${JSON.stringify(patch)}` : '';
  return `alpha ${alpha}, ${100 * missing} % without a camera, seed ${seed}, ${method}${changed}`;
}
