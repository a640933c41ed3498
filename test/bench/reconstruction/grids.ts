import { cgan, cganWith } from './methods/cgan.ts';
import { direct, directWith } from './methods/direct.ts';
import { fedadam, fedadamWith, fedprox, fedproxWith, fedyogi, fedyogiWith } from './methods/federations.ts';
import type { Method, Tuned } from './methods/method.ts';
import { mmvaePlus, mmvaePlusWith } from './methods/mmvae-plus.ts';
import { fedavgMoe, fedavgMoeWith, fedavgPoe, fedavgPoeWith } from './methods/mvae.ts';
import { scaffold, scaffoldWith } from './methods/scaffold.ts';
import { zeroFilling, zeroFillingWith } from './methods/zero-filling.ts';

/** One method with one value of one of its settings; the others are as chosen. */
export interface Trial {
  readonly method: Method;
  readonly option: string;
  readonly value: number;
}

/** The rivals' grids, the cheapest to measure first. */
const grids: readonly Trial[] = [
  ...grid(direct, directWith, 'learningRate', [0.0015, 0.003, 0.006]),
  ...grid(zeroFilling, zeroFillingWith, 'learningRate', [0.0015, 0.003, 0.006]),
  ...grid(fedavgMoe, fedavgMoeWith, 'beta', [0.1, 0.5, 1]),
  ...grid(fedavgPoe, fedavgPoeWith, 'beta', [0.1, 0.5, 1]),
  // These train the model of fedavg-poe, so its β is chosen first.
  ...grid(fedadam, fedadamWith, 'serverLearningRate', [0.003, 0.01, 0.03]),
  ...grid(fedyogi, fedyogiWith, 'serverLearningRate', [0.003, 0.01, 0.03]),
  ...grid(fedprox, fedproxWith, 'proximal', [0.001, 0.01, 0.1]),
  ...grid(scaffold, scaffoldWith, 'share', [0.5, 1]),
  ...grid(mmvaePlus, mmvaePlusWith, 'beta', [0.1, 0.5, 2.5]),
  ...grid(cgan, cganWith, 'learningRate', [0.001, 0.003]),
];

/** Methods that have a grid. */
export const gridNames: readonly string[] = [...new Set(grids.map(({ method: { name } }) => name))];

/** What is to be tried of a method. @throws Error naming a method without a grid */
export function trialsOf(name: string): Trial[] {
  if (gridNames.includes(name)) return grids.filter(({ method }) => method.name === name);
  throw new Error(`--methods: "${name}" is none of ${gridNames.join(', ')}`);
}

function grid<Settings extends Readonly<Record<string, number>>>(
  { settings }: Tuned<Settings>,
  make: (settings: Settings) => Method,
  option: keyof Settings & string,
  values: readonly number[],
): Trial[] {
  return values.map((value) => ({ method: make({ ...settings, [option]: value }), option, value }));
}
