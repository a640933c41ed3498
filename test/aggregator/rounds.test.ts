import { describe, expect, it } from 'vitest';
import { firstAlteredAudit } from '../../aggregator/federation/audit-trail.ts';
import { databaseKinds } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import type { Answer, TestPlant } from './support/plant.ts';

function codeOf({ json }: Answer): string {
  return (json() as { code: string }).code;
}

/** The one value that fills a module's tensors. */
async function fillOf(plant: TestPlant, sha256: string): Promise<number> {
  const values = new Set(Object.values(await plant.tensors(sha256)).flatMap(({ data }) => [...data]));
  expect(values.size).toBe(1);
  return [...values][0]!;
}

describe.each([...databaseKinds])('rounds on %s', (name, newDatabase) => {
  it('average what each plant trained by its samples, and hand serving averages to the next stage', async () => {
    const headquarters = await Headquarters.start(smallPlan(), await newDatabase());
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    const porto = await headquarters.plant('Porto');
    expect(await osaka.round()).toMatchObject({
      state: 'waiting',
      round: 0,
      stage: 'generators',
      modelVersion: 0,
      deadline: null,
      scheduledRounds: 3,
      plants: { enrolled: 3, contributed: 0 },
    });
    expect(await osaka.model(0)).toMatchObject({ version: 0, round: 0, modules: {}, serving: {} });

    expect(await headquarters.command('round', {})).toEqual({ round: 1 });
    expect(await osaka.contribute(osaka.trained('generators', 1), 100)).toEqual({
      accepted: true,
      missing: [],
    });
    await hanoi.contribute(hanoi.trained('generators', 2), 300);
    expect(await hanoi.round()).toMatchObject({
      state: 'open',
      contributed: true,
      plants: { contributed: 2 },
    });
    expect(await porto.round()).toMatchObject({ state: 'open', contributed: false });
    await porto.contribute(porto.trained('generators', 5), 100);
    await headquarters.settle();

    expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 1, modelVersion: 1 });
    const first = await osaka.model(1);
    expect(Object.keys(first.modules).sort()).toEqual(
      ['camera', 'gauge', 'note']
        .flatMap((modality) => [`decoder/${modality}`, `encoder/${modality}`])
        .sort(),
    );
    // camera: Osaka and Porto; gauge: Osaka and Hanoi; note: all three.
    expect(await fillOf(osaka, first.modules['encoder/camera']!.sha256)).toBeCloseTo(
      (100 * 1 + 100 * 5) / 200,
      6,
    );
    expect(await fillOf(osaka, first.modules['decoder/gauge']!.sha256)).toBeCloseTo(
      (100 * 1 + 300 * 2) / 400,
      6,
    );
    expect(await fillOf(osaka, first.modules['encoder/note']!.sha256)).toBeCloseTo(
      (100 + 600 + 500) / 500,
      6,
    );
    expect(first.serving).toEqual(first.modules);

    await headquarters.command('round', {});
    for (const plant of [osaka, hanoi, porto]) await plant.contribute(plant.trained('generators', 10), 10);
    await headquarters.settle();
    const second = await osaka.model(2);
    // The last round of the stage: the next one trains on what serves, 0.7 · 3 + 0.3 · 10.
    expect(await fillOf(osaka, second.serving['encoder/camera']!.sha256)).toBeCloseTo(5.1, 5);
    expect(second.modules).toEqual(second.serving);

    await headquarters.command('round', {});
    expect(await porto.round()).toMatchObject({
      state: 'open',
      round: 3,
      stage: 'mappings',
      modelVersion: 2,
    });
    for (const plant of [osaka, hanoi, porto]) await plant.contribute(plant.trained('mappings', 4), 10);
    await headquarters.settle();
    const third = await osaka.model(3);
    expect(third.modules['encoder/camera']).toEqual(second.modules['encoder/camera']);
    expect(await fillOf(osaka, third.modules['mapping/camera←gauge']!.sha256)).toBe(4);
    expect(await osaka.round()).toMatchObject({ state: 'finished', round: 3, modelVersion: 3 });
    // The last stage goes on for ever when headquarters wants it to.
    expect(await headquarters.command('round', {})).toEqual({ round: 4 });

    expect(await firstAlteredAudit(headquarters.aggregator.federation.database)).toBeUndefined();
    await headquarters.close();
  });

  it('step each module with the plan’s momentum, whose memory survives a restart and no plant can read', async () => {
    const headquarters = await Headquarters.start(
      smallPlan({ stages: [{ stage: 'generators', rounds: 9 }] }),
      await newDatabase(),
    );
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    const { database } = headquarters.aggregator.federation;
    const play = async (values: { osaka: number; hanoi: number }) => {
      await headquarters.command('round', {});
      await osaka.contribute(osaka.trained('generators', values.osaka), 1);
      await hanoi.contribute(hanoi.trained('generators', values.hanoi), 1);
      await headquarters.settle();
      const { modelVersion } = await osaka.round();
      const { modules } = await osaka.model(modelVersion);
      return Promise.all(
        ['encoder/camera', 'encoder/gauge'].map((module) => fillOf(osaka, modules[module]!.sha256)),
      );
    };
    // Only Osaka has the camera; both have the gauge. The first average is taken as it is.
    expect(await play({ osaka: 1, hanoi: 3 })).toEqual([1, 2]);
    expect(await play({ osaka: 2, hanoi: 4 })).toEqual([2, 3]);
    const states = await database.query<{ sha256: string }>('select sha256 from optimiser_states');
    expect(states).toHaveLength(6);
    const peek = await osaka.request({ method: 'GET', target: `/v1/blobs/${states[0]!.sha256}` });
    expect([peek.status, codeOf(peek)]).toEqual([404, 'blob-unknown']);

    await headquarters.restart();
    for (const plant of [osaka, hanoi]) plant.url = headquarters.aggregator.url;
    // The same place again: half of the last step is still in the momentum.
    expect(await play({ osaka: 2, hanoi: 4 })).toEqual([2.5, 3.5]);
    await headquarters.close();
  });

  // Nothing of it depends on the database.
  it.runIf(name === 'PostgreSQL')('refuse a decoder in a round in which the plan freezes it', async () => {
    const headquarters = await Headquarters.start(
      smallPlan({
        research: { freezing: { rule: 'alternating' } },
        stages: [{ stage: 'generators', rounds: 9 }],
      }),
      await newDatabase(),
    );
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    for (const round of [1, 2]) {
      await headquarters.command('round', {});
      if (round === 2) {
        const whole = await osaka.contribution(osaka.trained('generators', 7), 1);
        const refused = await osaka.announce(whole);
        expect([refused.status, codeOf(refused)]).toEqual([422, 'module-refused']);
      }
      for (const plant of [osaka, hanoi])
        await plant.contribute(plant.trained('generators', round, round), 1);
      await headquarters.settle();
    }
    const { modules } = await osaka.model(2);
    expect(await fillOf(osaka, modules['encoder/camera']!.sha256)).toBe(2);
    expect(await fillOf(osaka, modules['decoder/camera']!.sha256)).toBe(1);
    await headquarters.close();
  });

  it('close at the deadline with a quorum, wait on without one, and refuse what comes too late', async () => {
    const rounds = { quorum: 2, deadlineSeconds: 60, opening: 'manual' };
    const headquarters = await Headquarters.start(smallPlan({ rounds }), await newDatabase());
    const osaka = await headquarters.plant('Osaka');
    await expect(headquarters.command('round', {})).rejects.toMatchObject({ code: 'quorum-missing' });
    const hanoi = await headquarters.plant('Hanoi');
    const porto = await headquarters.plant('Porto');
    await headquarters.command('round', {});
    await expect(headquarters.command('round', {})).rejects.toMatchObject({ code: 'round-open' });
    const deadline = Date.parse((await osaka.round()).deadline!);
    expect(deadline).toBe(headquarters.clock() + 60_000);

    await osaka.contribute(osaka.trained('generators', 1), 1);
    await headquarters.pass(61);
    const extended = await osaka.round();
    expect(extended).toMatchObject({ state: 'open', round: 1, contributed: true });
    expect(Date.parse(extended.deadline!)).toBe(headquarters.clock() + 60_000);

    await hanoi.contribute(hanoi.trained('generators', 3), 1);
    await headquarters.settle();
    expect(await osaka.round()).toMatchObject({ state: 'open', round: 1 });
    const late = await porto.contribution(porto.trained('generators', 9), 1);
    await headquarters.pass(60);
    expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 1, modelVersion: 1 });
    const answer = await porto.announce(late, 1);
    expect([answer.status, codeOf(answer)]).toEqual([409, 'round-not-open']);
    expect(await fillOf(osaka, (await osaka.model(1)).modules['encoder/note']!.sha256)).toBe(2);

    await headquarters.command('round', {});
    const outdated = await porto.announce({ ...late, modelVersion: 0 }, 2);
    expect([outdated.status, codeOf(outdated)]).toEqual([409, 'model-outdated']);
    await headquarters.close();
  });

  // Nothing of it depends on the database.
  it.runIf(name === 'PostgreSQL')(
    'open by themselves when the plan says so, until the schedule is over',
    async () => {
      const rounds = { quorum: 2, deadlineSeconds: 60, opening: 'automatic' };
      const stages = [{ stage: 'generators', rounds: 2 }];
      const headquarters = await Headquarters.start(smallPlan({ rounds, stages }), await newDatabase());
      const osaka = await headquarters.plant('Osaka');
      await headquarters.settle();
      expect(await osaka.round()).toMatchObject({ state: 'waiting', round: 0, retryAfterSeconds: 0.25 });
      const hanoi = await headquarters.plant('Hanoi');
      for (const round of [1, 2]) {
        await headquarters.settle();
        expect(await osaka.round()).toMatchObject({ state: 'open', round });
        for (const plant of [osaka, hanoi]) await plant.contribute(plant.trained('generators', round), 1);
      }
      await headquarters.settle();
      expect(await osaka.round()).toMatchObject({ state: 'finished', round: 2, modelVersion: 2 });
      await headquarters.close();
    },
  );

  it('count a contribution once, however often it is sent', async () => {
    const headquarters = await Headquarters.start(smallPlan(), await newDatabase());
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    await headquarters.command('round', {});
    await osaka.contribute(osaka.trained('generators', 100), 9);
    const modules = osaka.trained('generators', 1);
    // Another one replaces it, and repeating that one changes nothing, also at the same moment.
    await osaka.contribute(modules, 1);
    const contribution = await osaka.contribution(modules, 1);
    const answers = await Promise.all([1, 2, 3].map(() => osaka.announce(contribution, 1)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await osaka.round()).plants.contributed).toBe(1);

    await hanoi.contribute(hanoi.trained('generators', 3), 1);
    await headquarters.settle();
    expect(await fillOf(hanoi, (await hanoi.model(1)).modules['encoder/gauge']!.sha256)).toBe(2);
    // An answer that was lost is asked for again after the round has closed.
    expect((await osaka.announce(contribution, 1)).json()).toEqual({ accepted: true, missing: [] });
    await headquarters.close();
  });

  it('tell plants when to ask again, and go on where they were after a restart', async () => {
    const headquarters = await Headquarters.start(smallPlan(), await newDatabase());
    const names = ['Osaka', 'Hanoi'] as const;
    const joined = await Promise.all(names.map((plant) => headquarters.plant(plant)));
    await headquarters.command('round', {});
    await joined[0]!.contribute(joined[0]!.trained('generators', 1), 1);
    const pauses = [];
    for (const seconds of [0, 20, 100, 600]) {
      await headquarters.pass(seconds);
      pauses.push((await joined[0]!.round()).retryAfterSeconds);
    }
    // Plants ask seldom while nothing happens.
    expect(pauses).toEqual([0.25, 2, 12, 30]);
    await headquarters.restart();
    const status = await headquarters.command('status', {});
    expect(status).toMatchObject({
      round: { state: 'open', number: 1 },
      plants: [
        { name: 'Hanoi', contributed: false },
        { name: 'Osaka', contributed: true },
      ],
      auditAlteredAt: null,
    });
    await headquarters.close();
  });

  it.runIf(name === 'PostgreSQL')('are reduced once by several processes on one database', async () => {
    const headquarters = await Headquarters.start(smallPlan(), await newDatabase());
    const osaka = await headquarters.plant('Osaka');
    const hanoi = await headquarters.plant('Hanoi');
    await headquarters.command('round', {});
    const second = await headquarters.startProcess();
    await osaka.contribute(osaka.trained('generators', 1), 1);
    await hanoi.contribute(hanoi.trained('generators', 3), 1);
    await Promise.all([headquarters.settle(), second.keeper.run(), headquarters.settle()]);
    await second.close();
    await headquarters.settle();
    expect(await osaka.round()).toMatchObject({ round: 1, modelVersion: 1 });
    const { database } = headquarters.aggregator.federation;
    expect(await database.query('select version from model_versions')).toHaveLength(2);
    expect(await firstAlteredAudit(database)).toBeUndefined();
    await headquarters.close();
  });
});
