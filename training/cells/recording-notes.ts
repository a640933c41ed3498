import { FedReconError } from '../../protocol/errors.ts';
import { fewestTimed, type SeriesTiming } from './even-series.ts';

/** A recording, by what is compared of it. */
interface Recording {
  readonly value: number;
  readonly unit: string;
  readonly name: string;
}

/** Recordings of a measurement of which that is least and most, and those whose times are uneven. */
interface Recordings {
  readonly by: Compared;
  readonly least: Recording;
  readonly most: Recording;
  readonly uneven: number;
  readonly firstUneven: string | undefined;
}

/** What recordings should have in common: of a spectrum how many values a second they have, else how long they last. */
type Compared = 'span' | 'rate';

/** Share by which recordings may differ without a word. */
const mostApart: Readonly<Record<Compared, number>> = { span: 0.1, rate: 0.01 };

/** Collects what is to be said of all recordings of a measurement together: a note on each would bury the list. */
export interface RecordingNotes {
  /** @param column of the measurement @param recording its name, that of its file or its part, and how many values it has */
  add(
    column: string,
    recording: { readonly name: string; readonly count: number; readonly timing: SeriesTiming },
    by?: Compared,
  ): void;
  /** What is to be said, by column: `signal-uneven`, `signal-spans`, `signal-rates`. */
  notes(): readonly { readonly column: string; readonly error: FedReconError }[];
}

export function recordingNotes(): RecordingNotes {
  const byColumn = new Map<string, Recordings>();
  return {
    add(column, { name, count, timing: { span, unit, isUneven } }, by = 'span') {
      const own: Recording =
        by === 'span'
          ? { value: span, unit, name }
          : { value: count / span, unit: unit === 's' ? 'Hz' : '', name };
      if (count < fewestTimed) return;
      const { least = own, most = own, uneven = 0, firstUneven } = byColumn.get(column) ?? {};
      // What counts otherwise cannot be compared.
      const isAlike = own.unit === least.unit;
      byColumn.set(column, {
        by,
        least: isAlike && own.value < least.value ? own : least,
        most: isAlike && own.value > most.value ? own : most,
        uneven: uneven + (isUneven ? 1 : 0),
        firstUneven: firstUneven ?? (isUneven ? name : undefined),
      });
    },
    notes: () =>
      [...byColumn].flatMap(([column, { by, least, most, uneven, firstUneven }]) => {
        const detail = { column, least: shown(least), file: least.name, most: shown(most), other: most.name };
        const isApart = most.value > (1 + mostApart[by]) * least.value;
        return [
          ...(firstUneven === undefined
            ? []
            : [new FedReconError('signal-uneven', { column, count: uneven, file: firstUneven })]),
          ...(isApart ? [new FedReconError(by === 'span' ? 'signal-spans' : 'signal-rates', detail)] : []),
        ].map((error) => ({ column, error }));
      }),
  };
}

function shown({ value, unit }: Recording): string {
  return `${Number(value.toPrecision(3))}${unit && ` ${unit}`}`;
}
