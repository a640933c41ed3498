import type { Queries } from '../database/database.ts';

/** Plant that takes part in the federation now, with the modalities that it has. */
interface ActivePlant {
  readonly id: string;
  readonly has: readonly string[];
}

/** Plants that are asked for something (`expected`) and plants that have answered (`contributed`), by id. */
export interface Answers {
  readonly expected: ReadonlySet<string>;
  readonly contributed: ReadonlySet<string>;
}

export async function activePlants(queries: Queries): Promise<ActivePlant[]> {
  return queries.query('select id, has from plants where revoked_at is null');
}

/**
 * Answers of the plants so far.
 * @param canAnswer true if a plant that has these modalities is asked
 * @param contributions rows of the plants that have answered
 */
export function answersOf(
  plants: readonly ActivePlant[],
  canAnswer: (has: readonly string[]) => boolean,
  contributions: readonly { readonly plant_id: string }[],
): Answers {
  return {
    expected: new Set(plants.filter(({ has }) => canAnswer(has)).map(({ id }) => id)),
    contributed: new Set(contributions.map(({ plant_id }) => plant_id)),
  };
}
