import type { Patch } from '../reconstruction/patch.ts';

/** A way to go on learning from parts that keep coming: the product, with other options in its plan. */
export interface Learner {
  readonly name: string;
  /** One line for a reader of the table. */
  readonly about: string;
  /** What the plan says of it. `slots`: of the reservoir of a plant that has one. */
  patch(slots: number): Patch;
}

/** The last stage goes on for ever, so encoders and decoders learn in it too. */
function learning(reservoir: number | 'all', distillation: number): Patch {
  return {
    continual: { reservoir },
    research: { refine: true, refineDistillation: distillation, mappingDistillation: distillation },
  };
}

/** Every learner, in the order of the table. */
export const learners: readonly Learner[] = [
  {
    name: 'fedrecon',
    about: 'newest parts and a reservoir of old ones, held by the frozen replica',
    patch: (slots) => learning(slots, 1),
  },
  {
    name: 'reservoir',
    about: 'newest parts and a reservoir of old ones alone',
    patch: (slots) => learning(slots, 0),
  },
  {
    name: 'replica',
    about: 'newest parts alone, held by the frozen replica',
    patch: () => learning(0, 1),
  },
  {
    name: 'naive',
    about: 'fine-tuning on the newest parts alone',
    patch: () => learning(0, 0),
  },
  {
    name: 'everything',
    about: 'all parts so far in every round: the upper line, whose work grows with the parts',
    patch: () => learning('all', 0),
  },
];
