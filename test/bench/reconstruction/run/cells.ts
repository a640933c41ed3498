import type { Kept } from '../../kept.ts';
import { methods } from '../methods/index.ts';
import type { Measured } from '../rows.ts';
import { planOf, settingKey } from '../setting.ts';
import type { Cell } from './cell.ts';
import { openPool } from './pool.ts';
import { nameOf, openProgress } from './progress.ts';

/** What was measured of some cells. */
export interface Cells {
  /** Undefined for a cell that failed. */
  find(cell: Cell): Promise<Measured | undefined>;
  /** Measures what is not in the file yet. Resolves to the number of cells that failed. */
  run(cells: readonly Cell[]): Promise<number>;
}

/** How cells are run. */
export interface Running {
  /** Finished cells; all rows of one lie in one line. */
  readonly kept: Kept<Measured>;
  /** Images there are: another number is another data set. */
  readonly images: number;
  readonly workers: number;
  readonly device: string;
  /** Ends the processes. What is finished is in the file. */
  readonly signal: AbortSignal;
}

export function openCells({ kept, images, workers, device, signal }: Running): Cells {
  const keyOf = async ({ method, setting, patch }: Cell) =>
    `${settingKey(await planOf(setting, patch), setting, images)} ${method}`;
  const find = async (cell: Cell) => kept.find(await keyOf(cell));
  return {
    find,
    async run(all) {
      const cells = await unmeasured(all, keyOf, find);
      if (cells.length === 0) return 0;
      const pool = openPool(Math.min(workers, cells.length), device);
      signal.addEventListener('abort', () => pool.close());
      const problems: string[] = [];
      try {
        // A judge each seed, before the cells that need it.
        const seeds = Map.groupBy(cells, ({ setting: { seed } }) => seed);
        await pool.run(
          [...seeds.values()].map(([cell]) => ({ setting: cell!.setting })),
          ({ setting }, { problem }) => {
            if (problem !== undefined) problems.push(`judge of seed ${setting.seed}: ${problem}`);
          },
        );
        const progress = openProgress(cells, workers);
        await pool.run(
          cells.map((cell) => ({ cell })),
          async ({ cell }, { measured, problem }, seconds) => {
            if (measured) await kept.add(await keyOf(cell), measured);
            else problems.push(`${nameOf(cell)}: ${problem}`);
            if (!signal.aborted) console.log(progress.done(cell, seconds, measured !== undefined));
          },
        );
      } finally {
        pool.close();
      }
      signal.throwIfAborted();
      for (const line of problems) console.error(line);
      return (await unmeasured(cells, keyOf, find)).length;
    },
  };
}

/** Each cell once, those that are in the file left out. */
async function unmeasured(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => Promise<string>,
  find: Cells['find'],
): Promise<Cell[]> {
  const missing = new Map<string, Cell>();
  for (const cell of cells) if (!(await find(cell))) missing.set(await keyOf(cell), cell);
  return [...missing.values()];
}

/** All methods' names, in the order of the tables. */
export const methodNames: readonly string[] = methods.map(({ name }) => name);
