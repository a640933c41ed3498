import { expect, it } from 'vitest';
import type { WorkstationState } from '../../main/api/views.ts';
import { whatNow } from '../../renderer/state/what-now.ts';

type Told = Pick<WorkstationState, 'adoption' | 'data'>;

const told = (adoption: Partial<Told['adoption']> = {}, parts = 3): Told => ({
  adoption: { inUse: 2, isGenuine: true, pending: null, ...adoption },
  data: { parts, problems: 0, counts: [] },
});

it('says what comes next: a model that waits for a person, data, review, and then the rounds', () => {
  const waits = { version: 3, state: 'evaluated' } as const;
  expect(whatNow(told({ isGenuine: false }), 5)).toEqual({ is: 'model' });
  expect(whatNow(told({ pending: waits }, 0), 5)).toEqual({ is: 'model' });
  expect(whatNow(told({}, 0), 5)).toEqual({ is: 'data' });
  expect(whatNow(told(), 5)).toEqual({ is: 'review', parts: 5 });
  expect(whatNow(told({ pending: { version: 3, state: 'held' } }), 5)).toEqual({ is: 'review', parts: 5 });
  expect(whatNow(told(), 0)).toEqual({ is: 'round' });
});
