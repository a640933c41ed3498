import * as tf from '@tensorflow/tfjs';
import type { ModuleName } from '../../../../protocol/modules.ts';
import { type HostTensor, type HostTensors, sizeOf } from '../../../../protocol/tensors.ts';
import { momentName } from '../../../../training/learning/adam.ts';
import type { Dataset } from '../../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../../training/learning/inference.ts';
import type { TrainedTensors } from '../../../../training/learning/round-job.ts';
import type { Objective } from '../../../../training/learning/step.ts';
import type { Task } from '../../../../training/learning/task.ts';
import { type RivalTraining, trainTasks } from '../federate.ts';
import type { Tuned } from './method.ts';
import { federatedPoe, poeSettings } from './mvae.ts';

/** What the grid in `tuning.ts` chose: how much of the correction is added; all of it in the paper. */
const chosen = { ...poeSettings, share: 0.5 };

/**
 * SCAFFOLD, Karimireddy et al. 2020, arXiv 1910.06378: every gradient at a plant is corrected by c − c_i, the
 * difference of the federation's mean gradient and the plant's own one. The plants descend by Adam, as all methods
 * here, so the mean of a plant's corrected gradients, (x − y) / (K η) in option II of the paper, is Adam's first
 * moment at the round's end. The control variates travel as modules of their own, whose average is c: all plants
 * take part in every round.
 */
export function scaffoldWith(settings: typeof chosen): Tuned<typeof chosen> {
  const { share } = settings;
  const about = 'the model of fedavg-poe with control variates at the plants (SCAFFOLD)';
  return federatedPoe(
    { name: 'scaffold', about, settings },
    {
      task: (task) => ({
        ...task,
        objective: withCorrection(task.objective),
        factors: [...task.factors, share],
      }),
      training: () => controlledTraining(share),
    },
  );
}

export const scaffold = scaffoldWith(chosen);

/** The module in which a module's control variates travel. */
function controlModule(module: ModuleName): ModuleName {
  return `${module}/control`;
}

const controlName = (parameter: string) => `control/${parameter}`;

/** `objective` with one more term that is linear in the parameters: its gradient is the correction c − c_i. */
export function withCorrection(objective: Objective): Objective {
  const { trained, frozen, terms, loss } = objective;
  const names = Object.keys(trained);
  return {
    ...objective,
    frozen: {
      ...frozen,
      ...Object.fromEntries(names.map((name) => [controlName(name), trained[name]!])),
    },
    terms: [...terms, 'correction'],
    loss(weights, inputs) {
      const products = names.map((name) => tf.sum(tf.mul(weights[name]!, inputs[controlName(name)]!)));
      return [...loss(weights, inputs), tf.addN(products) as tf.Scalar];
    },
  };
}

/** Plants that remember their control variates from round to round. */
export function controlledTraining(share: number): RivalTraining {
  const own = new Map<Dataset, HostTensors>();
  return {
    needs: (tasks) => tasks.flatMap(({ modules }) => [...modules, ...modules.map(controlModule)]),
    async train(job, tasks, modules) {
      const trained = new Map<ModuleName, TrainedTensors>();
      let controls = own.get(job.dataset) ?? {};
      for (const task of tasks) {
        const corrections = correctionsOf(task, modules, controls);
        const result = await trainTasks(job, [task], { ...modules, ...corrections });
        const { tensors: state } = (await job.state.load(task.name))!;
        const renewed = renewedControls(corrections, state, share);
        for (const module of task.modules) {
          trained.set(module, result.modules.get(module)!);
          trained.set(controlModule(module), { tensors: ofModule(renewed, module), samples: task.samples });
        }
        controls = { ...controls, ...renewed };
      }
      own.set(job.dataset, controls);
      return { modules: trained };
    },
  };
}

/** c − c_i of a task's parameters, by control module; both are 0 before the first round. */
function correctionsOf(
  { modules: names, objective }: Task,
  modules: ModuleTensors,
  own: HostTensors,
): ModuleTensors {
  const entries = names.map((module) => {
    const shared = modules[controlModule(module)];
    const tensors = Object.entries(objective.trained)
      .filter(([name]) => name.startsWith(`${module}/`))
      .map(([parameter, shape]) => {
        const name = controlName(parameter);
        return [name, combined(shape, [shared?.[name], 1], [own[name], -1])] as const;
      });
    return [controlModule(module), Object.fromEntries(tensors)] as const;
  });
  return Object.fromEntries(entries);
}

/** Option II: the mean of the corrected gradients without what corrected them. */
function renewedControls(corrections: ModuleTensors, state: HostTensors, share: number): HostTensors {
  const all: HostTensors = Object.assign({}, ...Object.values(corrections));
  const entries = Object.entries(all).map(([name, correction]) => {
    const first = state[momentName('first', name.slice(controlName('').length))];
    return [name, combined(correction.shape, [first, 1], [correction, -share])] as const;
  });
  return Object.fromEntries(entries);
}

/** A weighted sum of tensors of one shape; an absent one is 0. */
function combined(
  shape: readonly number[],
  ...terms: readonly (readonly [tensor: HostTensor | undefined, factor: number])[]
): HostTensor {
  const data = new Float32Array(sizeOf(shape));
  for (const [tensor, factor] of terms)
    tensor?.data.forEach((value, place) => {
      data[place]! += factor * value;
    });
  return { shape, data };
}

function ofModule(controls: HostTensors, module: ModuleName): HostTensors {
  const prefix = controlName(`${module}/`);
  return Object.fromEntries(Object.entries(controls).filter(([name]) => name.startsWith(prefix)));
}
