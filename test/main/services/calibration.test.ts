import { join as joinPath } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { WorkstationEvent } from '../../../main/api/contract.ts';
import { dataInUse } from '../../../main/services/data-view.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import type { CalibrationPass } from '../../../protocol/calibration/lengths.ts';
import { leastCalibrationParts } from '../../../protocol/calibration/sums.ts';
import { readRouteCalibrations, readSums } from '../../../training/process/files/calibration-files.ts';
import type { CalibrateJob, CalibrateResult } from '../../../training/process/messages.ts';
import { type Child, runToEnd, startChild } from '../../training/process/child.ts';
import { startApp } from '../support/app-process.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { startHeadquarters } from '../support/tested-headquarters.ts';
import { importFolder, join, openWorkstation, stateWhere } from '../support/workstation.ts';

const plan = { ...tinyPlan, rounds: { ...tinyPlan.rounds, quorum: 3 }, evaluation: { holdOut: 0.5 } };
const all = ['camera', 'gauge', 'note'];
const holdings = { Osaka: all, Porto: all, Hanoi: ['gauge', 'note'] };
const parts = 64;
const route = 'camera←gauge+note';

it('a plant without a camera gets the sums of all parts that have one, though a plant is killed on the way', async () => {
  const root = temporaryFolder();
  const at = (name: string) => joinPath(root, name);
  const headquarters = await startHeadquarters(at('hq'), plan);
  const joined = async (name: keyof typeof holdings) => {
    const workstation = await openWorkstation(at(name));
    await join(workstation, await headquarters.invite(name), holdings[name]);
    await importFolder(workstation, await writePlant(at(`data-${name}`), holdings[name], parts, name));
    return workstation;
  };
  const [osaka, hanoi] = [await joined('Osaka'), await joined('Hanoi')];
  await (await joined('Porto')).close();

  let porto = await startApp(at('Porto'));
  const addsUp = (pass: CalibrationPass) => (event: WorkstationEvent) =>
    event.type === 'progress' && event.job.kind === 'calibrate' && event.job.id.endsWith(pass);
  const killed = porto.event(addsUp('moments')).then(() => porto.kill());
  for (const plant of [osaka, hanoi]) await plant.api['round.join']({});
  await porto.call('round.join', {});
  await killed;
  porto = await startApp(at('Porto'));
  await Promise.all([osaka, hanoi].map((plant) => stateWhere(plant, (state) => !state.participating)));
  // Asked after the listening has begun, so that an end in between is not missed.
  const ended = porto.event((event) => event.type === 'state' && !event.state.participating);
  if ((await porto.call('workstation.state', {})).participating) await ended;
  const sent = (await porto.call('ledger.list', {})).filter(
    ({ what, direction }) => what === 'calibration' && direction === 'up',
  );
  expect(sent.map(({ name }) => name.split(' ')[0])).toEqual(['scores', 'moments', 'scales']);
  for (const app of [osaka, hanoi]) await app.close();
  await porto.kill();

  const stores: Store[] = [];
  for (const name of Object.keys(holdings)) stores.push(await openStore(at(name)));
  onTestFinished(() => {
    for (const store of stores) store.close();
  });
  const [own, other, without] = stores as [Store, Store, Store];
  const { sums, modelVersion } = without.calibrations.of(2)!;
  expect(own.calibrations.of(2)).toEqual(without.calibrations.of(2));
  const files = (store: Store) => store.files.paths(Object.entries(sums)) as Record<CalibrationPass, string>;
  const federated = (await readRouteCalibrations(files(without))).get(route)!;
  expect(federated.plants).toBe(2);

  // The same in one place, on the parts of both plants that have a camera.
  const child = startChild();
  onTestFinished(() => {
    child.process.kill('SIGKILL');
  });
  const { manifest } = own.models.get(modelVersion)!;
  const output = await own.files.scratch();
  const datasets = [...(await dataInUse(own)).datasets, ...(await dataInUse(other)).datasets];
  const job = (pass: CalibrationPass): CalibrateJob => ({
    ...{ id: pass, kind: 'calibrate', plan, engine: { engine: 'onnx', threads: 1 }, pass, routes: [route] },
    datasets,
    modules: own.files.paths(Object.entries(manifest.serving)),
    ...{ bridges: {}, sums: files(own), output },
  });
  const alone = await sumsOf(child, job('scales'));
  expect(federated.sums.count).toEqual(alone['sums/count']);
  expect(federated.sums.count[0]! + federated.parts).toBe(2 * parts);
  // The first feature is the spread of draws, which fall otherwise where parts lie otherwise.
  for (const [column, sum] of federated.sums.sum.slice(1).entries())
    expect(Math.abs(sum - alone['sums/sum']![column + 1]!)).toBeLessThan(1e-3 * (1 + Math.abs(sum)));
  const scores = await sumsOf(child, job('scores'));
  expect(federated.intervals.count).toEqual(scores['intervals/count']);
  const counted = federated.surprises.held.reduce((sum, count) => sum + count, 0);
  expect(counted).toBe(federated.parts);

  // A plant with too few parts is told how many are missing, and sends nothing.
  const few = { ...job('scores'), id: 'few', plan: { ...plan, evaluation: { holdOut: 0.1 } } };
  const refused = (await runToEnd(child, few)) as CalibrateResult;
  expect(refused).toMatchObject({ sums: null, numbers: 0 });
  expect(refused.missing[route]).toBeGreaterThan(0);
  expect(refused.missing[route]).toBeLessThan(leastCalibrationParts);
});

async function sumsOf(child: Child, job: CalibrateJob) {
  const result = (await runToEnd(child, job)) as CalibrateResult;
  return (await readSums(result.sums!))[route]!;
}
