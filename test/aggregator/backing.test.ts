import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backing } from '../../protocol/backing.ts';
import type { ContributionRequest } from '../../protocol/messages.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import { databaseKinds } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { filledModule, type TestPlant } from './support/plant.ts';

const stages = ['generators', 'mappings', 'completion'].map((stage) => ({ stage, rounds: 1 }));
const bridge = 'mapping/camera←gauge';

/** Contributes one module with what is said to stand behind it. */
async function contribute(plant: TestPlant, name: string, backing: Backing) {
  const tensors = filledModule(plant.plan, name as typeof bridge, 1);
  await plant.upload(encodeTensors(tensors));
  const request: ContributionRequest = await plant.contribution({ [name]: tensors }, 1);
  const modules = { [name]: { ...request.modules[name]!, backing } };
  return (await plant.announce({ ...request, modules })).json();
}

describe.each([...databaseKinds])('what stands behind a model, on %s', (_, newDatabase) => {
  let headquarters: Headquarters;
  let [hanoi, porto]: TestPlant[] = [];
  beforeAll(async () => {
    headquarters = await Headquarters.start(smallPlan({ stages }), await newDatabase());
    // Gauge and note, camera and note: no plant holds camera and gauge.
    hanoi = await headquarters.plant('Hanoi');
    porto = await headquarters.plant('Porto');
    for (const stage of ['generators', 'mappings'] as const) {
      await headquarters.command('round', {});
      await hanoi.contribute(hanoi.trained(stage, 1), 30);
      await porto.contribute(porto.trained(stage, 1), 20);
      await headquarters.settle();
    }
    await headquarters.command('round', {});
  });
  afterAll(async () => {
    await headquarters.close();
  });

  it('is summed over plants and rounds in every model version', async () => {
    const { backing } = await hanoi!.model(2);
    expect(backing['encoder/note']).toEqual({ measured: 50, completed: {}, bridge: null });
    expect(backing['mapping/camera←note']).toEqual({ measured: 20, completed: {}, bridge: null });
    expect(backing[bridge]).toBeUndefined();
  });

  it('is refused where a plant cannot have it', async () => {
    const refused = [
      [bridge, 'measured', { measured: 1, completed: {} }],
      [bridge, 'completed', { measured: 0, completed: { gauge: 1 } }],
      [bridge, 'completed', { measured: 0, completed: { camera: 1 } }],
      ['mapping/gauge←note', 'completed', { measured: 1, completed: { camera: 1 } }],
    ] as const;
    for (const [module, field, backing] of refused)
      expect(await contribute(hanoi!, module, backing), field).toMatchObject({
        code: 'backing-refused',
        detail: { module, field },
      });
    expect(await contribute(hanoi!, bridge, { measured: 0, completed: {} })).toMatchObject({
      code: 'request-invalid',
      detail: { field: `modules.${bridge}.samples` },
    });
  });

  it('marks a bridge: a mapping whose pair no plant measured, with what it leads through', async () => {
    await contribute(hanoi!, bridge, { measured: 0, completed: { note: 30 } });
    await contribute(porto!, 'mapping/note←camera', { measured: 20, completed: {} });
    await headquarters.settle();
    const { backing } = await porto!.model(3);
    expect((await headquarters.command('status', {})).bridges).toEqual({ [bridge]: 'note' });
    expect(backing[bridge]).toEqual({ measured: 0, completed: { note: 30 }, bridge: 'note' });
    expect(backing['mapping/note←camera']).toEqual({ measured: 40, completed: {}, bridge: null });
  });
});
