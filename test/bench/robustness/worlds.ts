import type { Plan } from '../../../protocol/plan.ts';
import type { WorldChange } from '../reconstruction/world.ts';
import { faults } from './faults.ts';
import { type Case, cleanCases } from './measure.ts';

/** A world in which every method is trained, and what each is asked there. */
export interface FaultWorld {
  readonly name: string;
  /** What the plan says in it. */
  plan(plan: Plan): Plan;
  change(seed: number): WorldChange;
  readonly cases: readonly Case[];
}

/** The clean world, which serves every fault in inspection, and one for each fault in training. */
export const worlds: readonly FaultWorld[] = [
  { name: 'clean', plan: (plan) => plan, change: () => ({}), cases: cleanCases },
  ...faults.flatMap((fault): FaultWorld[] => {
    const { name, train, plan = (given) => given } = fault;
    return train ? [{ name, plan, change: train, cases: [fault] }] : [];
  }),
];

/** @throws Error if there is no such world */
export function worldNamed(name: string): FaultWorld {
  const found = worlds.find((world) => world.name === name);
  if (found) return found;
  throw new Error(`there is no world "${name}"`);
}
