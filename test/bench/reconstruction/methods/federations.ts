import { serverRule } from '../../../../protocol/plan.ts';
import { heldNear } from '../../../../training/learning/task.ts';
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

/** FedAdam or FedYogi, Reddi et al. 2021, arXiv 2003.00295, by the aggregator's own rule. */
function adaptive(rule: 'adam' | 'yogi', settings: typeof adamSettings): Tuned<typeof adamSettings> {
  const name = `fed${rule}`;
  const about = `the model of fedavg-poe with the server's ${name}`;
  const server = serverRule.parse({ rule, learningRate: settings.serverLearningRate });
  return federatedPoe({ name, about, settings }, { server });
}

export const fedadamWith = (settings: typeof adamSettings): Tuned<typeof adamSettings> =>
  adaptive('adam', settings);
export const fedyogiWith = (settings: typeof yogiSettings): Tuned<typeof yogiSettings> =>
  adaptive('yogi', settings);

export const fedprox = fedproxWith(proxSettings);
export const fedadam = fedadamWith(adamSettings);
export const fedyogi = fedyogiWith(yogiSettings);
