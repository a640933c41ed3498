import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parsePlan } from '../../../../protocol/plan.ts';
import { type AppProcess, startApp } from '../../support/app-process.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { writePlantWithModels } from '../../support/models.ts';
import { tinyPlan, writePlant } from '../../support/plants.ts';
import { importFolder, openWorkstation, stateWhere } from '../../support/workstation.ts';

const has = ['gauge', 'note'];
const plan = parsePlan({ ...tinyPlan, policy: { adoption: 'signed' } });

const stateOf = async (app: AppProcess) => (await app.call('models.list', {})).versions[0]!.state;

it('killed while it judges a version or while a person signs it, a plant is at one side of it or the other', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'hanoi');
  await writePlantWithModels(folder, plan, has, { 1: 'mean' });
  const workstation = await openWorkstation(folder);
  const judged = stateWhere(workstation, ({ adoption }) => adoption.pending !== null);
  await importFolder(workstation, await writePlant(join(root, 'data'), has, 40, 'H'));
  await judged;
  const { hash } = await workstation.api['models.card']({ version: 1 });
  await workstation.close();

  // While it judges: that is done again, and there is one more card.
  let app = await startApp(folder);
  const judging = app.event((event) => event.type === 'progress' && event.job.kind === 'evaluate');
  await app.call('models.evaluate', { version: 1 });
  await judging;
  await app.kill();
  app = await startApp(folder);
  await app.event(
    (event) => event.type === 'progress' && event.job.kind === 'evaluate' && event.job.state === 'done',
  );
  expect((await app.call('models.card', { version: 1 })).hash).not.toBe(hash);
  expect(await stateOf(app)).toBe('evaluated');

  // While somebody signs: it waits or it is in use by a signature that holds, and the log is whole.
  await app.call('people.enter', { person: { name: 'Tran', role: 'engineer' } });
  app.call('models.decide', { version: 1, action: 'use', acknowledged: true }).catch(() => {});
  await app.kill();
  app = await startApp(folder);
  const { adoption } = await app.call('workstation.state', {});
  expect(adoption.isGenuine).toBe(true);
  const state = await stateOf(app);
  expect(['evaluated', 'in-use']).toContain(state);
  expect(adoption.inUse).toBe(state === 'in-use' ? 1 : null);
  expect((await app.call('log.verify', {})).brokenAt).toBeNull();

  // Signed and killed at once: what is in use is reconstructed with at the next start.
  if (state === 'evaluated')
    await app.call('models.decide', { version: 1, action: 'use', acknowledged: true });
  await app.kill();
  app = await startApp(folder);
  const { reconstructed } = await app.call('workstation.state', {});
  if (reconstructed?.modelVersion !== 1)
    await app.event((event) => event.type === 'state' && event.state.reconstructed?.modelVersion === 1);
});
