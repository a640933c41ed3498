import { describe, expect, it } from 'vitest';
import { newPostgresDatabase } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { type Answer, filledModule, send, type TestPlant } from './support/plant.ts';

const codeOf = ({ json }: Answer) => (json() as { code: string }).code;
const rounds = { quorum: 2, deadlineSeconds: 60, opening: 'manual' };

describe('what a plant has', () => {
  /** Osaka has everything, Hanoi gauge and note; nothing is open. */
  async function start(plan = smallPlan({ rounds })) {
    const headquarters = await Headquarters.start(plan, await newPostgresDatabase());
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    return { headquarters, osaka, hanoi };
  }

  const amendments = async (headquarters: Headquarters) => {
    const rows = await headquarters.aggregator.federation.database.query<{ detail: string }>(
      `select detail from audit where action = 'membership.amended' order by sequence`,
    );
    return rows.map(({ detail }) => JSON.parse(detail) as unknown);
  };

  const tryCamera = async (plant: TestPlant, plan = plant.plan) => {
    const camera = { 'encoder/camera': filledModule(plan, 'encoder/camera', 5) };
    return plant.announce(await plant.contribution(camera, 1));
  };

  it('grows with the next round: an open one goes on with what it began with', async () => {
    const { headquarters, osaka, hanoi } = await start();
    await headquarters.command('round', {});
    expect(await hanoi.amend(['note', 'camera', 'gauge'])).toEqual({
      has: ['camera', 'gauge', 'note'],
      fromRound: 2,
    });
    expect((await hanoi.round()).membership).toEqual({
      has: ['camera', 'gauge', 'note'],
      inRound: ['gauge', 'note'],
    });
    const early = await tryCamera(hanoi);
    expect([early.status, codeOf(early)]).toEqual([422, 'module-refused']);
    for (const plant of [osaka, hanoi]) await plant.contribute(plant.trained('generators', 1), 1);
    await headquarters.settle();
    expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 1 });

    await headquarters.command('round', {});
    hanoi.has = ['camera', 'gauge', 'note'];
    expect((await hanoi.round()).membership!.inRound).toEqual(hanoi.has);
    for (const plant of [osaka, hanoi]) await plant.contribute(plant.trained('generators', 2), 1);
    await headquarters.settle();
    expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 2 });
    const { backing } = await osaka.model(2);
    expect(backing['encoder/camera']!.measured).toBe(3);
    await headquarters.close();
  });

  it('shrinks without keeping an open round waiting, and what was trained before still counts', async () => {
    const { headquarters, osaka, hanoi } = await start();
    await headquarters.command('round', {});
    await osaka.contribute(osaka.trained('generators', 1), 1);
    await headquarters.settle();
    expect((await osaka.round()).state).toBe('open');
    // All that it had is gone: nobody waits for it, and it may still send what it had trained.
    await hanoi.amend([]);
    await headquarters.settle();
    expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 1, modelVersion: 1 });
    await expect(headquarters.command('round', {})).rejects.toMatchObject({
      code: 'quorum-missing',
      detail: { plants: 1 },
    });

    await hanoi.amend(['gauge', 'note']);
    await headquarters.command('round', {});
    await hanoi.amend(['note']);
    const trained = await hanoi.contribute(hanoi.trained('generators', 2), 1);
    expect(trained.accepted).toBe(true);
    await osaka.contribute(osaka.trained('generators', 2), 1);
    await headquarters.settle();
    await headquarters.command('round', {});
    expect((await hanoi.round()).membership!.inRound).toEqual(['note']);
    await headquarters.close();
  });

  it('opens no round by itself for plants that have nothing', async () => {
    const { headquarters, osaka, hanoi } = await start(
      smallPlan({ rounds: { ...rounds, opening: 'automatic' } }),
    );
    await headquarters.settle();
    for (const plant of [osaka, hanoi]) await plant.contribute(plant.trained('generators', 1), 1);
    await headquarters.settle();
    await osaka.amend([]);
    await hanoi.contribute(hanoi.trained('generators', 2), 1);
    for (let turn = 0; turn < 3; turn++) await headquarters.pass(200);
    expect(await hanoi.round()).toMatchObject({ state: 'waiting', round: 2, modelVersion: 2 });
    await osaka.amend(['camera']);
    await headquarters.settle();
    expect(await hanoi.round()).toMatchObject({ state: 'open', round: 3 });
    await headquarters.close();
  });

  it('is amended by a signed request with nothing else in it, once, and audited', async () => {
    const { headquarters, hanoi } = await start();
    expect(codeOf(await hanoi.tryAmend({ has: ['radar'] }))).toBe('modality-unknown');
    expect(codeOf(await hanoi.tryAmend({ has: 'camera' }))).toBe('request-invalid');
    expect(codeOf(await hanoi.tryAmend({ has: ['camera'], plant: 'Osaka' }))).toBe('request-invalid');
    expect(codeOf(await hanoi.tryAmend({ has: ['camera'], planHash: 'ab'.repeat(32) }))).toBe('plan-foreign');
    const body = JSON.stringify({ has: ['camera'] });
    const stranger = headquarters.stranger('Hanoi');
    const unknown = await stranger.request({ method: 'PUT', target: '/v1/membership', body });
    expect([unknown.status, codeOf(unknown)]).toEqual([401, 'key-unknown']);
    const signed = hanoi.sign({ method: 'PUT', target: '/v1/membership', body });
    const altered = { ...signed, body: JSON.stringify({ planHash: 'ab'.repeat(32), has: ['gauge'] }) };
    expect(codeOf(await send(headquarters.aggregator.url, headquarters.ca, altered))).toBe('digest-mismatch');
    expect(await amendments(headquarters)).toEqual([]);

    const first = await hanoi.amend(['camera', 'note']);
    expect(await hanoi.amend(['note', 'camera', 'note'])).toEqual(first);
    expect(await amendments(headquarters)).toEqual([
      { has: ['camera', 'note'], before: ['gauge', 'note'], fromRound: 1 },
    ]);
    expect((await headquarters.command('status', {})).plants).toMatchObject([
      { name: 'Hanoi', has: ['camera', 'note'] },
      { name: 'Osaka' },
    ]);
    await headquarters.close();
  });
});
