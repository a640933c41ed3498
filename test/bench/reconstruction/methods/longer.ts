import type { Method } from './method.ts';

/**
 * The same method with `times` as many passes over a plant's parts in each round, named `method:times`: for a method
 * that the common budget leaves under-trained, beside its row within the budget. What it costs shows in its rows.
 */
export function longer(method: Method, times: number): Method {
  const { name, about } = method;
  return {
    ...method,
    name: `${name}:${times}`,
    about: `${about}; ${times} times the passes`,
    run(world, engine) {
      const { plan } = world;
      const localEpochs = plan.training.localEpochs * times;
      return method.run({ ...world, plan: { ...plan, training: { ...plan.training, localEpochs } } }, engine);
    },
  };
}
