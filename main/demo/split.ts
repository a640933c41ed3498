import { type Garment, garmentTypes } from './garments.ts';
import type { Random } from './random.ts';

/** Concentration of the Dirichlet distribution in the demonstration. */
const demoAlpha = 0.3;

/**
 * Deals garments out to `plants` plants of about `perPlant` each, unevenly in type and each garment to one
 * plant only: the shares of every type are drawn from a Dirichlet distribution and then balanced so that
 * all plants are of about one size (iterative proportional fitting, which keeps the unevenness). The smaller
 * `alpha`, the distribution's concentration, the more each plant has garments of its own.
 */
export function dealOut(
  garments: readonly Garment[],
  plants: number,
  perPlant: number,
  random: Random,
  alpha = demoAlpha,
): Garment[][] {
  const perType = Math.floor((plants * perPlant) / garmentTypes.length);
  const stock = garmentTypes.map((_, type) =>
    random.shuffled(garments.filter((garment) => garment.type === type)).slice(0, perType),
  );
  const drawn = stock.map(() => Array.from({ length: plants }, () => random.gamma(alpha) + 1e-6));
  const sizes = stock.map((list) => list.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = balance(drawn, sizes, total / plants);
  const dealt: Garment[][] = Array.from({ length: plants }, () => []);
  stock.forEach((list, type) => {
    let from = 0;
    let until = 0;
    shares[type]!.forEach((count, plant) => {
      until += count;
      dealt[plant]!.push(...list.slice(Math.round(from), Math.round(until)));
      from = until;
    });
  });
  return dealt.map((list) => random.shuffled(list));
}

/** Scales a types × plants table until rows sum to `rowSums` and columns to `columnSum`. */
function balance(table: readonly number[][], rowSums: readonly number[], columnSum: number): number[][] {
  let current = table.map((row) => [...row]);
  for (let pass = 0; pass < 200; pass++) {
    const columns = current[0]!.map((_, plant) => current.reduce((sum, row) => sum + row[plant]!, 0));
    current = current.map((row, type) => {
      const scaled = row.map((value, plant) => (value * columnSum) / columns[plant]!);
      const sum = scaled.reduce((a, b) => a + b, 0);
      return scaled.map((value) => (value * rowSums[type]!) / sum);
    });
  }
  return current;
}
