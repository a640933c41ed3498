import { serverRule } from '../../../../protocol/plan.ts';
import { heldNear } from '../../../../training/learning/tasks.ts';
import type { Method } from './method.ts';
import { federatedPoe } from './mvae.ts';

/** FedProx, Li et al. 2020, arXiv 1812.06127. @param proximal weight μ */
export function fedproxWith(proximal: number): Method {
  return federatedPoe(
    'fedprox',
    'the model of fedavg-poe, held near the global one at the plants (FedProx)',
    {
      task: (task) => heldNear(task, proximal),
    },
  );
}

/** FedAdam or FedYogi, Reddi et al. 2021, arXiv 2003.00295, by the aggregator's own rule. */
function adaptive(rule: 'adam' | 'yogi', name: string, learningRate: number): Method {
  return federatedPoe(name, `the model of fedavg-poe with the server's ${name}`, {
    plan: { server: serverRule.parse({ rule, learningRate }), serverByRole: {} },
  });
}

/** @param learningRate the server's */
export const fedadamWith = (learningRate: number): Method => adaptive('adam', 'fedadam', learningRate);
/** @param learningRate the server's */
export const fedyogiWith = (learningRate: number): Method => adaptive('yogi', 'fedyogi', learningRate);

// The settings of `tuning.ts`.
export const fedprox = fedproxWith(0.01);
export const fedadam = fedadamWith(0.01);
export const fedyogi = fedyogiWith(0.01);
