import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalibrationPass, calibrationPasses } from '../../protocol/calibration/lengths.ts';
import { addPlant } from '../../protocol/calibration/merging.ts';
import { decodeSums, encodeSums, type Sums } from '../../protocol/calibration/sums.ts';
import { databaseKinds } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { type CalibratedPlant, contributeAll, join, madeUpSums } from './support/sums.ts';

const plan = smallPlan({
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
});

describe.each([...databaseKinds])('a calibration on %s', (_, newDatabase) => {
  let headquarters: Headquarters;
  let [osaka, porto, hanoi] = [] as unknown as [CalibratedPlant, CalibratedPlant, CalibratedPlant];
  beforeAll(async () => {
    headquarters = await Headquarters.start(plan, await newDatabase());
    [osaka, porto, hanoi] = await join(headquarters);
    for (const _ of plan.stages) await contributeAll(headquarters, [osaka, porto, hanoi]);
  });
  afterAll(async () => {
    await headquarters.close();
  });

  const sumsOf = async (plant: CalibratedPlant, pass: CalibrationPass): Promise<Sums> => {
    const { sums } = await plant.calibration();
    const answer = await plant.request({ method: 'GET', target: `/v1/blobs/${sums[pass]!.sha256}` });
    expect(answer.headers.etag).toBe(`"${sums[pass]!.sha256}"`);
    return decodeSums(answer.bytes);
  };

  it('opens with the end of the schedule, and gives every plant the sums of all', async () => {
    expect(await hanoi.round()).toMatchObject({
      state: 'finished',
      calibration: { number: 1, modelVersion: 2, open: true },
    });
    for (const pass of calibrationPasses) {
      expect(await osaka.calibration()).toMatchObject({ modelVersion: 2, pass, contributed: false });
      for (const plant of [osaka, porto, hanoi]) await plant.say(pass, madeUpSums(plant, pass));
      await headquarters.settle();
      const expected = [osaka, porto, hanoi].map((plant) => madeUpSums(plant, pass)).reduce(addPlant, {});
      // Whoever has no camera reads what those with one said.
      expect(await sumsOf(hanoi, pass)).toEqual(decodeSums(encodeSums(expected)));
    }
    expect(await hanoi.calibration()).toMatchObject({ pass: null, deadline: null });
    expect(await hanoi.round()).toMatchObject({ calibration: { open: false } });
    const status = await headquarters.command('status', {});
    expect(status).toMatchObject({ calibration: { pass: null }, auditAlteredAt: null });
    expect(status.calibration!.routes['gauge←note']).toEqual({ plants: 2, parts: 80 });

    const late = headquarters.stranger('Lima', ['gauge']);
    await late.enrol(await headquarters.invite('Lima'));
    const asked = { method: 'GET', target: '/v1/calibrations/1' };
    const { status: found, headers } = await late.request(asked);
    expect(found).toBe(200);
    const unchanged = await late.request({ ...asked, headers: { 'if-none-match': String(headers.etag) } });
    expect(unchanged.status).toBe(304);
  });

  it('counts a plant once, whatever it sends again, and the last of what it sends', async () => {
    await headquarters.command('calibrate', {});
    const first = madeUpSums(osaka, 'scales', 30);
    const second = madeUpSums(osaka, 'scales', 50);
    for (const sums of [first, second, second]) await osaka.say('scales', sums);
    for (const plant of [porto, hanoi]) await plant.say('scales', null);
    await headquarters.settle();
    expect(await sumsOf(porto, 'scales')).toEqual(decodeSums(encodeSums(addPlant({}, second))));
    // The answer that was lost is given again; something else is too late.
    expect((await osaka.trySay('scales', second)).json()).toEqual({ accepted: true, missing: [] });
    expect((await osaka.trySay('scales', first)).json()).toMatchObject({ code: 'calibration-closed' });
  });

  it('goes on at the deadline without a plant that does not answer, and not without a quorum', async () => {
    await headquarters.command('calibrate', {});
    await osaka.say('scales', madeUpSums(osaka, 'scales'));
    await headquarters.pass(901);
    expect(await osaka.calibration()).toMatchObject({ pass: 'scales' });
    await hanoi.say('scales', null);
    await headquarters.pass(901);
    expect(await osaka.calibration()).toMatchObject({ pass: 'moments', contributed: false });
  });

  it('goes on after a restart at any moment', async () => {
    await headquarters.command('calibrate', {});
    for (const pass of calibrationPasses) {
      await osaka.say(pass, madeUpSums(osaka, pass));
      for (const plant of [porto, hanoi]) await plant.say(pass, null);
      await headquarters.restart();
      for (const plant of [osaka, porto, hanoi]) plant.url = headquarters.aggregator.url;
    }
    expect(await hanoi.calibration()).toMatchObject({ pass: null });
  });

  it('ends where no plant has enough parts', async () => {
    await headquarters.command('calibrate', {});
    for (const plant of [osaka, porto, hanoi]) await plant.say('scales', null);
    await headquarters.settle();
    expect(await hanoi.calibration()).toMatchObject({ pass: null });
    expect(await sumsOf(hanoi, 'scores')).toEqual({});
  });

  it.each<[string, string, (plant: CalibratedPlant) => Sums]>([
    ['of too few parts', 'calibration-parts-few', (plant) => madeUpSums(plant, 'scales', 19)],
    ['of another pass', 'sums-refused', (plant) => madeUpSums(plant, 'scores')],
    [
      'of what the plant does not measure',
      'sums-refused',
      () => ({ 'camera←gauge': Object.values(madeUpSums(osaka, 'scales'))[0]! }),
    ],
    [
      'that are no numbers',
      'tensor-not-finite',
      (plant) => {
        const [[route, statistics] = []] = Object.entries(madeUpSums(plant, 'scales'));
        return { [route!]: { ...statistics, 'sums/count': Float64Array.of(Number.NaN) } };
      },
    ],
  ])('refuses sums %s', async (_what, code, sums) => {
    await headquarters.command('calibrate', {});
    const answer = await porto.trySay('scales', sums(porto));
    expect(answer.json()).toMatchObject({ code });
    if (code === 'calibration-parts-few')
      expect(answer.json()).toMatchObject({ detail: { parts: 19, missing: 1 } });
    expect(await porto.calibration()).toMatchObject({ contributed: false });
  });

  it('is made anew when headquarters wants it, in place of one that is not finished', async () => {
    const { calibration: first } = await headquarters.command('calibrate', { version: 2 });
    const { calibration: second } = await headquarters.command('calibrate', {});
    expect(second).toBe(first + 1);
    expect(await osaka.round()).toMatchObject({ calibration: { number: second, open: true } });
    const replaced = { method: 'GET', target: `/v1/calibrations/${first}` };
    expect((await osaka.request(replaced)).json()).toMatchObject({ code: 'calibration-unknown' });
    await expect(headquarters.command('calibrate', { version: 0 })).rejects.toMatchObject({
      code: 'calibration-impossible',
    });
    await expect(headquarters.command('calibrate', { version: 9 })).rejects.toMatchObject({
      code: 'model-unknown',
    });
  });
});
