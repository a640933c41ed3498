import type { DecidedHour } from '../../main/api/views.ts';

/** What a person decided on a day, as the clock of this machine has it. */
export interface DecidedDay {
  /** A moment of the day, RFC 3339. */
  readonly at: string;
  readonly person: string;
  readonly accept: number;
  readonly flag: number;
  readonly reject: number;
  readonly undo: number;
}

/** Hours added up to days, the newest day first, by name within a day. */
export function decidedDays(hours: readonly DecidedHour[]): DecidedDay[] {
  const days = new Map<string, { -readonly [Field in keyof DecidedDay]: DecidedDay[Field] }>();
  for (const { at, person, decision, count } of hours) {
    const key = JSON.stringify([new Date(at).toDateString(), person]);
    const day = days.get(key) ?? { at, person, accept: 0, flag: 0, reject: 0, undo: 0 };
    day[decision] += count;
    days.set(key, day);
  }
  const start = ({ at }: DecidedDay) => new Date(at).setHours(0, 0, 0, 0);
  return [...days.values()].sort(
    (one, other) => start(other) - start(one) || one.person.localeCompare(other.person),
  );
}
