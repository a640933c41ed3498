import { describe, expect, it } from 'vitest';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { openEngine } from '../../../training/engine/index.ts';
import type { Engine } from '../../../training/engine/types.ts';
import { relativeDistance } from './seeded.ts';
import { convolutionalVae, denseVae, type VaeStep } from './vae.ts';

/** Weights, moments and loss after `steps` steps on the same batch. */
async function train(
  engine: Engine,
  { step, signature, state, batch }: VaeStep,
  steps: number,
): Promise<HostTensors> {
  const program = await engine.compile(step, signature);
  program.load(state);
  let results: HostTensors = {};
  for (let index = 0; index < steps; index++) results = await program.run(batch);
  const values = { ...results, ...(await program.read()) };
  await program.dispose();
  return values;
}

const models = {
  dense: denseVae({ pixels: 49, hidden: 24, latent: 4, batch: 8 }),
  convolutional: convolutionalVae({ side: 12, channels: 4, latent: 4, batch: 6 }),
};

describe.each(Object.entries(models))('a training step of the %s autoencoder', (_, model) => {
  it('moves all weights and moments as the reference does, on the CPU provider', async () => {
    const expected = await train(await openEngine({ engine: 'reference' }), model, 2);
    const actual = await train(await openEngine({ engine: 'onnx', threads: 1 }), model, 2);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, { data }] of Object.entries(expected)) {
      expect(relativeDistance(actual[name]!.data, data), name).toBeLessThan(1e-4);
    }
    for (const name of Object.keys(model.state)) {
      expect(actual[name]!.data, `${name} moved`).not.toEqual(model.state[name]!.data);
    }
  });
});
