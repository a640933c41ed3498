import { cgan, cganWith } from './methods/cgan.ts';
import { direct, directWith } from './methods/direct.ts';
import { fedadam, fedadamWith, fedprox, fedproxWith, fedyogi, fedyogiWith } from './methods/federations.ts';
import type { Method, Tuned } from './methods/method.ts';
import { mmvaePlus, mmvaePlusWith } from './methods/mmvae-plus.ts';
import { fedavgMoe, fedavgMoeWith, fedavgPoe, fedavgPoeWith } from './methods/mvae.ts';
import { scaffold, scaffoldWith } from './methods/scaffold.ts';
import { zeroFilling, zeroFillingWith } from './methods/zero-filling.ts';
import { tuning } from './tuning.ts';

/** One method with one value of one of its settings; the others are as chosen. */
export interface Trial {
  readonly method: Method;
  readonly option: string;
  readonly value: number;
}

/** How the methods are made whose grids can be measured. */
const makers: Readonly<Record<string, (change: Settings) => Method>> = Object.fromEntries([
  maker(direct, directWith),
  maker(zeroFilling, zeroFillingWith),
  maker(fedavgMoe, fedavgMoeWith),
  maker(fedavgPoe, fedavgPoeWith),
  maker(fedadam, fedadamWith),
  maker(fedyogi, fedyogiWith),
  maker(fedprox, fedproxWith),
  maker(scaffold, scaffoldWith),
  maker(mmvaePlus, mmvaePlusWith),
  maker(cgan, cganWith),
]);

type Settings = Readonly<Record<string, number>>;

function maker<Own extends Settings>({ name, settings }: Tuned<Own>, make: (settings: Own) => Method) {
  return [name, (change: Settings) => make({ ...settings, ...change })] as const;
}

/** Methods that have a grid, in the order of `tuning.ts`. */
export const gridNames: readonly string[] = [
  ...new Set(tuning.filter(({ method }) => method in makers).map(({ method }) => method)),
];

/** What is to be tried of a method. @throws Error naming a method without a grid */
export function trialsOf(name: string): Trial[] {
  const make = makers[name];
  if (!make) throw new Error(`--methods: "${name}" is none of ${gridNames.join(', ')}`);
  return tuning.flatMap(({ method, option, grid }) =>
    method === name && option !== undefined
      ? grid.map(Number).map((value) => ({ method: make({ [option]: value }), option, value }))
      : [],
  );
}
