import { join } from 'node:path';
import { type Piece, type Running, runPieces } from '../../pieces.ts';
import { methodNamed, methods } from '../methods/index.ts';
import type { Measured } from '../rows.ts';
import { planOf, rivalKey, settingKey } from '../setting.ts';
import type { Cell } from './cell.ts';

/** What was measured of some cells. */
export interface Cells {
  /** Undefined for a cell that failed. */
  find(cell: Cell): Promise<Measured | undefined>;
  /** Measures what is not in the file yet. Resolves to the number of cells that failed. */
  run(cells: readonly Cell[]): Promise<number>;
}

/** @param images images there are: another number is another data set */
export function openCells(images: number, running: Omit<Running<Measured>, 'script'>): Cells {
  const keyOf = async ({ method, setting, patch }: Cell) => {
    const key = methodNamed(method)?.followsPlan ? settingKey : rivalKey;
    return `${key(await planOf(setting, patch), setting, images)} ${wordsOf(method)}`;
  };
  const pieceOf = async (cell: Cell): Promise<Piece<Cell>> => {
    const { method, setting } = cell;
    return { key: await keyOf(cell), name: nameOf(cell), method, setting, job: cell };
  };
  const script = join(import.meta.dirname, 'worker.ts');
  return {
    find: async (cell) => running.kept.find(await keyOf(cell)),
    run: async (cells) => runPieces(await Promise.all(cells.map(pieceOf)), { ...running, script }),
  };
}

/** `alpha 0.1, 50 % without a camera, seed 1, fedrecon` */
function nameOf({ method, setting: { alpha, missing, seed }, patch }: Cell): string {
  const changed = Object.keys(patch).length > 0 ? ` ${JSON.stringify(patch)}` : '';
  return `alpha ${alpha}, ${100 * missing} % without a camera, seed ${seed}, ${method}${changed}`;
}

/** A method and the settings it was given, for a row of other ones is not its own. */
function wordsOf(method: string): string {
  const settings = methodNamed(method)?.settings;
  return settings ? `${method} ${JSON.stringify(settings)}` : method;
}

/** All methods' names, in the order of the tables. */
export const methodNames: readonly string[] = methods.map(({ name }) => name);
