import type { Queries } from '../database/database.ts';

/** A plant that takes part in the federation now, with the modalities that it has. */
interface ActivePlant {
  readonly id: string;
  readonly has: readonly string[];
}

/** Who is asked for something, and whose answer is in; by plant id. */
export interface Answers {
  readonly expected: ReadonlySet<string>;
  readonly contributed: ReadonlySet<string>;
}

export async function activePlants(queries: Queries): Promise<ActivePlant[]> {
  return queries.query('select id, has from plants where revoked_at is null');
}

/**
 * @param canAnswer whether a plant that has these modalities is asked
 * @param contributions rows of those who answered
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
