import { mean } from '../../training/measures/statistics.ts';

/** Something that takes its time. */
export interface Timed {
  /** What a reader of the progress sees. */
  readonly name: string;
  /** What is of one method lasts about as long. */
  readonly method: string;
}

/** Says how far a run is, and how long it still takes. */
export interface Progress {
  /** A line for a piece that ended. */
  done(piece: Timed, seconds: number, well: boolean): string;
}

/** What remains is taken to last as long as its methods did so far, and a method not seen yet as long as the others' mean. */
export function openProgress(pieces: readonly Timed[], workers: number): Progress {
  const waiting = new Set(pieces);
  const seen = new Map<string, number[]>();
  return {
    done(piece, seconds, well) {
      waiting.delete(piece);
      seen.set(piece.method, [...(seen.get(piece.method) ?? []), seconds]);
      const means = new Map([...seen].map(([method, list]) => [method, mean(list)]));
      const usual = mean([...means.values()]);
      const left = [...waiting].reduce((sum, { method }) => sum + (means.get(method) ?? usual), 0) / workers;
      const count = `${pieces.length - waiting.size} of ${pieces.length}`;
      const rest = waiting.size > 0 ? `; about ${duration(left)} left` : '';
      return `${count}: ${piece.name}: ${well ? `${seconds.toFixed(0)} s` : 'FAILED'}${rest}`;
    },
  };
}

/** `40 s`, `12 min`, `3 h 20 min` */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
