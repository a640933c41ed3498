import type { Queries } from '../database/database.ts';
import { type Holdings, holdingsColumns } from '../federation/holdings.ts';

/** Plant that takes part in the federation now, with the modalities that it has. */
interface ActivePlant extends Holdings {
  readonly id: string;
}

/** Plants that are asked for something (`expected`) and plants that have answered (`contributed`), by id. */
export interface Answers {
  readonly expected: ReadonlySet<string>;
  readonly contributed: ReadonlySet<string>;
}

export async function activePlants(queries: Queries): Promise<ActivePlant[]> {
  return queries.query(`select id, ${holdingsColumns} from plants where revoked_at is null`);
}

/**
 * Answers of the plants so far.
 * @param canAnswer true if a plant with these modalities is asked
 * @param contributions rows of the plants that have answered
 */
export function answersOf(
  plants: readonly ActivePlant[],
  canAnswer: (plant: Holdings) => boolean,
  contributions: readonly { readonly plant_id: string }[],
): Answers {
  return {
    expected: new Set(plants.filter(canAnswer).map(({ id }) => id)),
    contributed: new Set(contributions.map(({ plant_id }) => plant_id)),
  };
}
