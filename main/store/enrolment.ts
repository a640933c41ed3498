import type { Plan } from '../../protocol/plan.ts';
import type { StoreDatabase } from './database.ts';

/** The federation this workstation belongs to. */
export interface Enrolment {
  readonly plant: string;
  readonly plantId: string;
  readonly federation: string;
  /** Address of the aggregator. */
  readonly aggregator: string;
  /** The only certificate authority that is trusted for it, PEM. */
  readonly ca: string;
  readonly planHash: string;
  readonly plan: Plan;
  /** Modalities this plant measures. */
  readonly has: readonly string[];
  readonly enrolledAt: string;
}

export interface Enrolments {
  get(): Enrolment | undefined;
  /** Sets the federation in the place of an earlier one: headquarters may invite a workstation again. */
  set(enrolment: Enrolment): void;
}

export function enrolmentsIn(database: StoreDatabase): Enrolments {
  return {
    get: () => {
      const row = database.get<Record<string, string>>(
        `select plant, plant_id "plantId", federation, aggregator, ca, plan_hash "planHash", plan, has,
                enrolled_at "enrolledAt" from enrolment`,
      );
      if (!row) return undefined;
      const { plan, has, ...rest } = row as unknown as Enrolment & { plan: string; has: string };
      return { ...rest, plan: JSON.parse(plan) as Plan, has: JSON.parse(has) as string[] };
    },
    set: (enrolment) => {
      database.run(
        `insert or replace into enrolment (one, plant, plant_id, federation, aggregator, ca, plan_hash, plan, has, enrolled_at)
         values (1, :plant, :plantId, :federation, :aggregator, :ca, :planHash, :plan, :has, :enrolledAt)`,
        { ...enrolment, plan: JSON.stringify(enrolment.plan), has: JSON.stringify(enrolment.has) },
      );
    },
  };
}
