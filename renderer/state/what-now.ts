import type { WorkstationState } from '../../main/api/views.ts';

/** The next thing for a person to do, the most pressing of all. */
export type NextStep =
  /** The sign-off of the model in use does not hold, or a version waits for one: the models say more. */
  | { readonly is: 'model' }
  | { readonly is: 'data' }
  | { readonly is: 'review'; readonly parts: number }
  /** The rounds: join them, or let them go on. */
  | { readonly is: 'round' };

/**
 * What is to be done now: by what nothing goes on without, then by what only a person can do, then the rounds.
 * @param waiting reconstructions that nobody has decided on, as far as whoever works here may see them
 */
export function whatNow(
  { adoption, data }: Pick<WorkstationState, 'adoption' | 'data'>,
  waiting: number,
): NextStep {
  if (!adoption.isGenuine || adoption.pending?.state === 'evaluated') return { is: 'model' };
  if (data.parts === 0) return { is: 'data' };
  if (waiting > 0) return { is: 'review', parts: waiting };
  return { is: 'round' };
}
