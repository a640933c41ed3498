import { expect, it } from 'vitest';
import { decidedDays } from '../../renderer/state/decided-days.ts';

it('adds hours up to the days of this machine, the newest first, by person', () => {
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();
  const days = decidedDays([
    { at: at(1, 0), person: 'Lan', decision: 'accept', count: 3 },
    { at: at(1, 23), person: 'Lan', decision: 'accept', count: 2 },
    { at: at(1, 23), person: 'Lan', decision: 'undo', count: 1 },
    { at: at(2, 0), person: 'Minh', decision: 'flag', count: 4 },
    { at: at(2, 1), person: '', decision: 'reject', count: 1 },
  ]);
  expect(days.map(({ at: _, ...day }) => day)).toEqual([
    { person: '', accept: 0, flag: 0, reject: 1, undo: 0 },
    { person: 'Minh', accept: 0, flag: 4, reject: 0, undo: 0 },
    { person: 'Lan', accept: 5, flag: 0, reject: 0, undo: 1 },
  ]);
});
