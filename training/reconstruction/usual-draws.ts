/** Draws a value, wherever reconstructions are made for use, judged or calibrated. */
export const usualDraws = 32;
