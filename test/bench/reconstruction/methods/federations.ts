import type { ServerOptimiser } from '../../../../aggregator/rounds/server-optimiser.ts';
import { heldNear } from '../../../../training/learning/task.ts';
import { type AdaptiveOptions, serverAdam, serverYogi } from './adaptive-server.ts';
import type { Tuned } from './method.ts';
import { federatedPoe, poeSettings } from './mvae.ts';

/** What the grids in `tuning.ts` chose, beside what they chose for the model: μ, and the server's learning rates. */
const proxSettings = { ...poeSettings, proximal: 0.001 };
const adamSettings = { ...poeSettings, serverLearningRate: 0.03 };
const yogiSettings = { ...poeSettings, serverLearningRate: 0.03 };

/** FedProx, Li et al. 2020, arXiv 1812.06127. */
export function fedproxWith(settings: typeof proxSettings): Tuned<typeof proxSettings> {
  const about = 'the model of fedavg-poe, held near the global one at the plants (FedProx)';
  return federatedPoe(
    { name: 'fedprox', about, settings },
    { task: (task) => heldNear(task, settings.proximal) },
  );
}

/** FedAdam or FedYogi, Reddi et al. 2021, arXiv 2003.00295, in the aggregator's own step. */
function adaptive(
  name: string,
  optimiser: (options: AdaptiveOptions) => ServerOptimiser,
  settings: typeof adamSettings,
): Tuned<typeof adamSettings> {
  const about = `the model of fedavg-poe with the server's ${name}`;
  const server = optimiser({ learningRate: settings.serverLearningRate });
  return federatedPoe({ name, about, settings }, { server });
}

export const fedadamWith = (settings: typeof adamSettings): Tuned<typeof adamSettings> =>
  adaptive('fedadam', serverAdam, settings);
export const fedyogiWith = (settings: typeof yogiSettings): Tuned<typeof yogiSettings> =>
  adaptive('fedyogi', serverYogi, settings);

export const fedprox = fedproxWith(proxSettings);
export const fedadam = fedadamWith(adamSettings);
export const fedyogi = fedyogiWith(yogiSettings);
