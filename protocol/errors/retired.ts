/**
 * Codes that were in the table once. Whoever finds one in an old log or a peer of another version must not take it for
 * something else, so none is given away again.
 */
export const retiredCodes = [
  /** Was an answer to asking for a calibration that is not finished; such a request now waits. */
  'calibration-open',
  /** Became `backing-refused`. */
  'evidence-refused',
  /** A plant that measures something no more says so to the aggregator by itself. */
  'modality-without-data',
  /** Split into `row-unclosed` and `row-width`. */
  'row-broken',
] as const;
