import { constants } from 'node:os';
import { join as joinPath } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkstationEvent } from '../../../main/api/contract.ts';
import type { JobView } from '../../../main/api/views.ts';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { startHeadquarters } from '../support/tested-headquarters.ts';
import { importFolder, join, openWorkstation } from '../support/workstation.ts';

/** Trains long enough in each of four rounds to be killed in the middle. */
const plan = {
  ...tinyPlan,
  training: { batch: 16, localEpochs: 40 },
  stages: [
    { stage: 'generators', rounds: 2 },
    { stage: 'mappings', rounds: 2 },
  ],
};

/** Whether an event tells of a job that fits. */
function tells(fits: (job: JobView) => boolean): (event: WorkstationEvent) => boolean {
  return (event) => event.type === 'progress' && fits(event.job);
}
const trains = (round: number) =>
  tells((job) => job.kind === 'train' && job.round === round && job.phase === 'training');
const exchanges = (phase: JobView['phase'], round: number) =>
  tells((job) => job.kind === 'exchange' && job.phase === phase && job.round === round);

describe('a plant that is killed in the middle of everything', () => {
  it('goes on where it was, trains no finished round again and sends nothing twice', async () => {
    const root = temporaryFolder();
    const headquarters = await startHeadquarters(joinPath(root, 'hq'), plan);

    const osaka = await openWorkstation(joinPath(root, 'Osaka'));
    await join(osaka, await headquarters.invite('Osaka'), ['camera', 'gauge']);
    await importFolder(
      osaka,
      await writePlant(joinPath(root, 'data-Osaka'), ['camera', 'gauge'], 48, 'Osaka'),
    );

    const lives: AppProcess[] = [];
    const live = async () => {
      const app = await startApp(joinPath(root, 'Hanoi'));
      lives.push(app);
      return app;
    };
    let hanoi = await live();
    const invitation = await headquarters.invite('Hanoi');
    const offer = await hanoi.call('enrolment.preview', { invitation });
    await hanoi.call('enrolment.join', { invitation, planHash: offer.plan.hash, has: ['camera', 'gauge'] });
    const folder = await writePlant(joinPath(root, 'data-Hanoi'), ['camera', 'gauge'], 48, 'Hanoi');

    // Killed while it imports: the import is done again by itself.
    const reading = hanoi.event(tells(({ kind }) => kind === 'import'));
    await hanoi.call('data.import', {
      folder,
      manifest: 'parts.csv',
      columns: { id: 'id', camera: 'camera', gauge: 'gauge' },
    });
    await reading;
    await hanoi.kill();
    hanoi = await live();
    await hanoi.event(tells(({ kind, state }) => kind === 'import' && state === 'done'));
    expect((await hanoi.call('workstation.state', {})).data.parts).toBe(48);

    // Stopped by a person while it trains: it can join again.
    let training = hanoi.event(trains(1));
    await hanoi.call('round.join', {});
    await osaka.api['round.join']({});
    await training;
    // The window and its host come first, whatever is trained.
    expect(hanoi.priorities()).toEqual([constants.priority.PRIORITY_BELOW_NORMAL]);
    const stopped = hanoi.event(tells(({ kind, state }) => kind === 'exchange' && state === 'stopped'));
    await hanoi.call('job.stop', {});
    await stopped;
    expect((await hanoi.call('workstation.state', {})).participating).toBe(false);

    // Killed while it trains, while it fetches and while it sends.
    training = hanoi.event(trains(1));
    await hanoi.call('round.join', {});
    await training;
    await hanoi.kill();
    hanoi = await live();
    await hanoi.event(exchanges('downloading', 2));
    await hanoi.kill();
    hanoi = await live();
    await hanoi.event(tells((job) => job.phase === 'uploading' && job.round === 3 && job.fraction > 0));
    await hanoi.kill();
    hanoi = await live();

    // The aggregator goes away and comes back.
    await hanoi.event(trains(4));
    await headquarters.close();
    await hanoi.event(
      (event) => event.type === 'state' && event.state.federation?.roundState === 'unreachable',
    );
    await headquarters.reopen();
    await hanoi.event((event) => event.type === 'state' && !event.state.participating);

    const state = await hanoi.call('workstation.state', {});
    expect(state).toMatchObject({
      federation: { round: 4, roundState: 'finished', contributedRounds: 4 },
      job: { state: 'done' },
    });
    const startsOf = (round: number) =>
      lives
        .flatMap(({ events }) => events)
        .filter(tells((job) => job.kind === 'train' && job.round === round && job.phase === 'reading'))
        .length;
    expect([startsOf(3), startsOf(4)]).toEqual([1, 1]);
    const uploads = (await hanoi.call('ledger.list', {}))
      .filter(({ direction, what }) => direction === 'up' && what === 'module')
      .map(({ name, round }) => `${name} in round ${round}`);
    expect(uploads.toSorted()).toEqual([...new Set(uploads)].toSorted());
    await hanoi.kill();
  });
});
