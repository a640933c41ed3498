/** Texts on promises: what was said of reconstructions, compared with what was measured later. */
export const promises = {
  promises: {
    title: 'Promises kept',
    why: 'What was said of parts that were measured later, and what came true.',
    axis: 'Parts measured later',
    promised: 'promised',
    range: (measurement: string) => `${measurement}: range`,
    likely: (measurement: string) => `${measurement}: tolerance`,
    held: (inside: string, parts: string, promised: string) =>
      `held ${inside} of the values of the last ${parts} parts; promised: ${promised}`,
    cameTrue: (said: string, came: string, parts: string) =>
      `said ${said}, came true for ${came} of the last ${parts} parts`,
    rangeBroken: (measurement: string) =>
      `${measurement}: the range does not hold what it promises at present.`,
    rangeChance: 'By chance so many values would be outside less than once in a hundred times.',
    widened: (percent: string) => `It is ${percent} wider now than it was calibrated.`,
    likelyBroken: (measurement: string) =>
      `${measurement}: fewer parts are within the tolerance at present than was said.`,
    likelyChance: 'By chance so few would be less than once in a hundred times.',
    corrected: 'What is said from now on counts these parts.',
    cure: 'Until it holds again, measure some of the parts that may be used as well. If it goes on: look for what changed in parts or instruments, and ask headquarters for a new calibration.',
  },
};
