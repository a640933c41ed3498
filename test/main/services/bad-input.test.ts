import { readFile, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName } from '../../../main/api/contract.ts';
import { dispatch } from '../../../main/services/dispatch.ts';
import type { Workstation } from '../../../main/services/workstation.ts';
import { encodeInvitation } from '../../../protocol/invitation.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { newPostgresDatabase } from '../../aggregator/support/databases.ts';
import { Headquarters } from '../../aggregator/support/headquarters.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { importFolder, jobEnd, join, openWorkstation } from '../support/workstation.ts';

let headquarters: Headquarters;
let foreign: Headquarters;

beforeAll(async () => {
  headquarters = await Headquarters.start(parsePlan(tinyPlan), await newPostgresDatabase());
  foreign = await Headquarters.start(
    parsePlan({ ...tinyPlan, name: 'Another' }),
    await newPostgresDatabase(),
  );
});
afterAll(async () => {
  await headquarters.close();
  await foreign.close();
});

/** The error that a call is answered with, as the window gets it. */
async function refusal({ api }: Pick<Workstation, 'api'>, name: CallName | string, input: unknown) {
  const log: string[] = [];
  const answer = await dispatch(api, name, input, (line) => log.push(line));
  if (answer.ok) throw new Error(`${name} was not refused`);
  expect(log).toEqual([]);
  const { error } = answer;
  for (const { title, cure } of [error.en, error.ja]) {
    expect(title).not.toMatch(/\{\w+\}|\n {4}at /);
    expect(cure).not.toMatch(/\{\w+\}|\n {4}at /);
  }
  return error;
}

async function invite(plant: string): Promise<string> {
  return encodeInvitation(await headquarters.invite(plant));
}

describe('a call that is wrong', () => {
  it.each([
    ['no such call', {}],
    ['toString', {}],
    ['review.part', { part: '1', modality: 'camera' }],
    ['review.decide', { part: 1, modality: 'camera', reconstruction: 'a', decision: 'maybe' }],
    ['settings.change', { language: 'fr' }],
    ['settings.change', { theme: 'dark', password: 'x' }],
    ['data.preview', null],
  ])('%s %j is refused as request-invalid', async (name, input) => {
    const workstation = await openWorkstation(temporaryFolder());
    const { code, en, ja } = await refusal(workstation, name, input);
    expect(code).toBe('request-invalid');
    expect(en.title).not.toMatch(/received undefined/);
    expect(ja.title).not.toMatch(/Invalid|expected|Unrecognized/);
  });

  it('that fails inside is internal to the window and a stack to the log', async () => {
    const { api } = await openWorkstation(temporaryFolder());
    const broken = { ...api, 'ledger.list': () => Promise.reject(new Error('secret detail')) };
    const log: string[] = [];
    const answer = await dispatch(broken, 'ledger.list', {}, (line) => log.push(line));
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal', detail: {} } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(log[0]).toContain('secret detail');
  });
});

describe('before it has joined', () => {
  it('a workstation says so', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    for (const [name, input] of [
      ['round.join', {}],
      ['review.refresh', {}],
      ['data.preview', { folder: '/tmp' }],
    ] as const)
      expect((await refusal(workstation, name, input)).code).toBe('not-enrolled');
    expect((await refusal(workstation, 'review.part', { part: 1, modality: 'camera' })).code).toBe(
      'not-enrolled',
    );
  });
});

describe('an invitation', () => {
  it('that is mistyped is recognised without a network', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    const text = await invite('Osaka');
    const mistyped = `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`;
    for (const invitation of [mistyped, text.slice(0, -3), 'hello', ''])
      expect((await refusal(workstation, 'enrolment.preview', { invitation })).code).toBe(
        'invitation-mistyped',
      );
  });

  it('of another aggregator than the one that answers is refused', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    const real = await headquarters.invite('Osaka');
    const invitation = encodeInvitation({ ...real, url: foreign.aggregator.url });
    const error = await refusal(workstation, 'enrolment.preview', { invitation });
    expect(error).toMatchObject({ code: 'wrong-aggregator', detail: { address: foreign.aggregator.url } });
  });

  it('that another workstation used is refused; the one that used it may use it again', async () => {
    const first = await openWorkstation(temporaryFolder());
    const invitation = await invite('Porto');
    await join(first, invitation, ['camera']);
    await join(first, invitation, ['camera']);
    const second = await openWorkstation(temporaryFolder());
    expect((await refusal(second, 'enrolment.preview', { invitation })).code).toBe('invitation-used');
  });

  it('to another federation does not replace the one that was joined', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    await join(workstation, await invite('Lima'), ['camera']);
    const invitation = encodeInvitation(await foreign.invite('Lima'));
    expect((await refusal(workstation, 'enrolment.preview', { invitation })).code).toBe('already-enrolled');
    expect((await workstation.api['workstation.state']({})).federation!.plan.name).toBe('Tiny');
  });

  it('is not accepted under another plan, or with a modality the plan has not', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    const invitation = await invite('Oslo');
    const { plan } = await workstation.api['enrolment.preview']({ invitation });
    const other = { invitation, planHash: '0'.repeat(64), has: ['camera'] };
    expect((await refusal(workstation, 'enrolment.join', other)).code).toBe('plan-changed');
    const unknown = { invitation, planHash: plan.hash, has: ['x-ray'] };
    expect((await refusal(workstation, 'enrolment.join', unknown)).code).toBe('modality-unknown');
    expect((await workstation.api['workstation.state']({})).federation).toBeUndefined();
  });
});

describe('data', () => {
  it('that are missing, unreadable or of no use fail with their code, and what was there stays', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    const { api } = workstation;
    await api['enrolment.preview']({ invitation: await invite('Quito') });
    const folder = await writePlant(temporaryFolder(), ['gauge'], 4);
    await importFolder(workstation, folder);

    const nowhere = joinPath(folder, 'nowhere');
    expect((await refusal(workstation, 'data.preview', { folder: nowhere })).code).toBe('folder-missing');
    const ended = jobEnd(workstation, 'import');
    await api['data.import']({ folder, manifest: 'parts.csv', columns: { id: 'id', gauge: 'x-ray' } });
    const view = await ended;
    expect(view).toMatchObject({ state: 'failed', error: { code: 'column-role' } });
    expect((await api['workstation.state']({})).data).toMatchObject({ parts: 4, problems: 0 });
  });

  it('with bad rows are imported without them, and the rows listed with reasons', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    await workstation.api['enrolment.preview']({ invitation: await invite('Kyoto') });
    const folder = await writePlant(temporaryFolder(), ['camera', 'gauge'], 4);
    const manifest = joinPath(folder, 'parts.csv');
    const rows = (await readFile(manifest, 'utf8')).trimEnd();
    await writeFile(
      manifest,
      `${rows}\nP0,images/0.png,1 2 3 4\nQ1,images/gone.png,1 2 3 4\nQ2,images/1.png,1 2 x 4\n`,
    );
    const state = await importFolder(workstation, folder);
    expect(state.data).toMatchObject({ parts: 6, problems: 3 });
    const problems = await workstation.api['data.problems']({});
    expect(problems.map(({ row, error }) => [row, error.code])).toEqual([
      [6, 'part-duplicate'],
      [7, 'image-missing'],
      [8, 'number-invalid'],
    ]);
    expect(problems[1]!.error.ja.title).toContain('gone.png');
  });

  it('do not start a round where there are none', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    await join(workstation, await invite('Bern'), ['camera', 'gauge']);
    expect((await refusal(workstation, 'round.join', {})).code).toBe('no-data');
    expect((await workstation.api['workstation.state']({})).participating).toBe(false);
  });

  it('replace parts of the same name, whatever folder they come from', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    await join(workstation, await invite('Hull'), ['gauge']);
    await importFolder(workstation, await writePlant(temporaryFolder(), ['gauge'], 6));
    const state = await importFolder(workstation, await writePlant(temporaryFolder(), ['gauge', 'note'], 4));
    expect(state.data).toMatchObject({
      parts: 6,
      counts: [
        { modality: 'camera', present: 0, missing: 6 },
        { modality: 'gauge', present: 6, missing: 0 },
        { modality: 'note', present: 4, missing: 2 },
      ],
    });
  });
});

describe('what is not there yet', () => {
  it('is refused by name: a model, a part, a device', async () => {
    const workstation = await openWorkstation(temporaryFolder());
    await join(workstation, await invite('Turin'), ['gauge']);
    expect((await refusal(workstation, 'review.refresh', {})).code).toBe('model-not-ready');
    // By the plan's labels: the plan's own name is for programs.
    const part = await refusal(workstation, 'review.part', { part: 7, modality: 'camera' });
    expect(part).toMatchObject({
      code: 'part-unknown',
      detail: { modality: 'Camera', modalityJa: 'カメラ', modalityName: 'camera' },
    });
    const device = { engine: 'tensorflow', device: 'gpu9' };
    expect((await refusal(workstation, 'devices.choose', device)).code).toBe('engine-device');
    expect(await workstation.image('/images/part/1/camera')).toBeUndefined();
    expect(await workstation.image('/images/part/1/../../device-key.pem')).toBeUndefined();
  });
});
