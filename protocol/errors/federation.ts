import type { ErrorEntry } from './entry.ts';
import { aggregatorErrors } from './federation/aggregator.ts';
import { calibrationErrors } from './federation/calibration.ts';
import { contributionErrors } from './federation/contributions.ts';
import { invitationErrors } from './federation/invitations.ts';
import { requestErrors } from './federation/requests.ts';
import { roundErrors } from './federation/rounds.ts';
import { transferErrors } from './federation/transfers.ts';

/** Errors of the federation, from invitations to calibrations. */
export const federationErrors = {
  ...invitationErrors,
  ...requestErrors,
  ...roundErrors,
  ...calibrationErrors,
  ...contributionErrors,
  ...transferErrors,
  ...aggregatorErrors,
} as const satisfies Record<string, ErrorEntry>;
