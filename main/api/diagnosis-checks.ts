/** Checks in the order in which they are made: each rests on those before it. */
export const diagnosisChecks = [
  'address',
  'certificate',
  'clock',
  'version',
  'disk',
  'engine',
  'data-folder',
  'log-chain',
] as const;
export type CheckName = (typeof diagnosisChecks)[number];
