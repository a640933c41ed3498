import type { PieceFact } from './facts.ts';
import type { Patterns } from './sentence.ts';

const places = (first: number, last: number) =>
  first === last ? `value ${first}` : `values ${first}–${last}`;

/** Texts of an explanation: why a reconstruction looks as it does. */
export const explanationTexts = {
  explanation: {
    title: 'Explanation',
    open: 'Explanation',
    loading: 'Working it out…',
    towards: 'towards this reconstruction',
    against: 'against it',
    raises: 'raises the marked place',
    lowers: 'lowers it',
    legend: (limit: string) => `Share of what makes this part unlike the usual one; full bar ${limit}`,
    legendRegion: (limit: string) =>
      `Added to or taken from the marked region, of full scale; full bar ${limit}`,
    contribution: (percent: string) => `without it the reconstruction changes by ${percent}`,
    usual:
      'Compared with what the model makes of this plant’s mean measurements and an empty note. The figures add up to the whole difference.',
    neighbours: 'Most similar parts of this plant',
    notMeasured: 'not measured there',
    noNeighbours: 'No other part here has the same measurements.',
    point: 'Ask about a place',
    pointHint:
      'Drag over the image, or move the frame with the arrow keys and change its size with Shift and the arrow keys.',
    pointLabel: (left: number, top: number, width: number, height: number) =>
      `Marked: from ${left}, ${top}; ${width} by ${height}`,
    whole: 'Ask about the whole',
    whatIf: 'What if …',
    whatIfShown: 'What if: other values than were measured',
    group: 'Values',
    otherValue: 'another value',
    groupOf: (first: number, last: number) => (first === last ? `${first}` : `${first}–${last}`),
    by: (amount: string) => `changed by ${amount}`,
    word: (word: string) => `the word ${word}`,
    reset: 'Reset',
    changed: (percent: string) => `The reconstruction changes by ${percent} of full scale.`,
    beyond: (sources: string) =>
      `${sources}: beyond all that this plant has measured. The model guesses there.`,
  },
};

/** Sentences of an explanation, one pattern for each kind of fact. */
export const patterns: Patterns = {
  one: (target, source) => `${target} rests on ${source} alone.`,
  several: (target, sources) =>
    `${target}, in percent of full scale, would change by ${sources.map(({ name, change }) => `${change} % without ${name}`).join(', by ')}.`,
  region: (value, usual) => `The marked place is at ${value} % of full scale; usually it is at ${usual} %.`,
  towards: (pieces) => `It looks like this mainly because of ${pieces.join(', ')}.`,
  against: (pieces) => `Against it speak ${pieces.join(', ')}.`,
  raised: (pieces) => `Higher there because of ${pieces.join(', ')}.`,
  lowered: (pieces) => `Lower there because of ${pieces.join(', ')}.`,
  nothing: 'No single piece of the measurements stands out.',
  agreement: {
    strong: (agreement) => `Taking the pieces away one by one confirms this (rank correlation ${agreement}).`,
    partly: (agreement) =>
      `Taking the pieces away one by one confirms this only partly (rank correlation ${agreement}).`,
    none: (agreement) =>
      `Taking the pieces away one by one does not confirm this (rank correlation ${agreement}): do not rely on this explanation.`,
  },
  nearest: (id) => `The most similar part of this plant is ${id}.`,
  piece: ({ source, label, percent }: PieceFact) => {
    const figure = `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
    if (label.kind === 'word') return `the word “${label.word}” (${figure})`;
    if (label.kind === 'value') return `${source} “${label.value ?? '–'}” (${figure})`;
    if (label.kind === 'channels')
      return `${source}, ${label.name ?? places(label.first, label.last)} (${figure})`;
    return `${source}, the patch at ${label.left}, ${label.top} (${figure})`;
  },
};
