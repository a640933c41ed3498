import type { Plan } from '../../../protocol/plan.ts';

/** A way to go on learning from parts that keep coming: the product, with other options in its plan. */
export interface Learner {
  readonly name: string;
  /** One line for a reader of the table. */
  readonly about: string;
  /** What the plan says of it. `reservoir`: slots of a plant that has one. */
  plan(plan: Plan, reservoir: number): Plan;
}

/** The last stage goes on for ever, so encoders and decoders learn in it too. */
function learning(plan: Plan, reservoir: Plan['continual']['reservoir'], distillation: number): Plan {
  return {
    ...plan,
    completion: { ...plan.completion, refine: true, distillation },
    continual: { reservoir, distillation },
  };
}

/** Every learner, in the order of the table. */
export const learners: readonly Learner[] = [
  {
    name: 'fedrecon',
    about: 'newest parts and a reservoir of old ones, held by the frozen replica',
    plan: (plan, reservoir) => learning(plan, reservoir, 1),
  },
  {
    name: 'reservoir',
    about: 'newest parts and a reservoir of old ones alone',
    plan: (plan, reservoir) => learning(plan, reservoir, 0),
  },
  {
    name: 'replica',
    about: 'newest parts alone, held by the frozen replica',
    plan: (plan) => learning(plan, 0, 1),
  },
  {
    name: 'naive',
    about: 'fine-tuning on the newest parts alone',
    plan: (plan) => learning(plan, 0, 0),
  },
  {
    name: 'everything',
    about: 'all parts so far in every round: the upper line, whose work grows with the parts',
    plan: (plan) => learning(plan, 'all', 0),
  },
];
