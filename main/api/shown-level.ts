/** Share of a part's values that its interval on show may miss. */
export const shownLevel = 0.1;
