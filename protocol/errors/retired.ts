/**
 * Codes that were in the table once. Whoever finds one in an old log or a peer of another version must not take it for
 * something else, so none is given away again.
 */
export const retiredCodes = [
  /** Said by nothing any more: who asks for a calibration that is not finished waits. */
  'calibration-open',
  /** Became `backing-refused`. */
  'evidence-refused',
  /** Parted into `row-unclosed` and `row-width`. */
  'row-broken',
] as const;
