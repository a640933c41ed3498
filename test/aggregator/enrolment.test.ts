import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitationHeader } from '../../protocol/invitation.ts';
import type { EnrolmentResponse, PlanResponse } from '../../protocol/messages.ts';
import { planHash } from '../../protocol/plan.ts';
import { databaseKinds } from './support/databases.ts';
import { Headquarters } from './support/headquarters.ts';
import { smallPlan } from './support/plan.ts';
import { type Answer, send } from './support/plant.ts';

function codeOf({ json }: Answer): string {
  return (json() as { code: string }).code;
}

describe.each([...databaseKinds])('joining on %s', (_name, newDatabase) => {
  let headquarters: Headquarters;
  beforeAll(async () => {
    headquarters = await Headquarters.start(smallPlan(), await newDatabase());
  });
  afterAll(async () => {
    await headquarters.close();
  });

  /** `GET /v1/plan` with an invitation's code instead of a signature. */
  const readPlan = (code: string) =>
    send(headquarters.aggregator.url, headquarters.ca, {
      method: 'GET',
      target: '/v1/plan',
      headers: { [invitationHeader]: code },
    });

  it('lets a plant read the plan with its invitation before it agrees, and with its signature after', async () => {
    const invitation = await headquarters.invite('Osaka');
    expect(invitation).toMatchObject({ plant: 'Osaka', url: headquarters.aggregator.url });
    const before = (await readPlan(invitation.code)).json() as PlanResponse;
    expect(before).toEqual({ hash: planHash(headquarters.plan), plan: headquarters.plan });
    const osaka = headquarters.stranger('Osaka');
    const answer = await osaka.enrol(invitation);
    expect(answer).toMatchObject({ federation: invitation.federation, planHash: before.hash });
    expect((await osaka.request({ method: 'GET', target: '/v1/plan' })).json()).toEqual(before);
    expect(codeOf(await readPlan(invitation.code))).toBe('invitation-used');
  });

  it('works once, but a repeated request gets the same answer', async () => {
    const invitation = await headquarters.invite('Hanoi');
    const hanoi = headquarters.stranger('Hanoi');
    const answers = await Promise.all([1, 2].map(() => hanoi.tryEnrol(invitation.code)));
    const [first, second] = answers.map(({ json }) => json() as EnrolmentResponse);
    expect(first!.plantId).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
    const other = headquarters.stranger('Hanoi');
    const refused = await other.tryEnrol(invitation.code);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'invitation-used']);
  });

  it('refuses invitations that are expired, of another aggregator or for another plant', async () => {
    const lyon = headquarters.stranger('Lyon');
    const { code } = await headquarters.invite('Lyon', 1);
    expect(codeOf(await lyon.tryEnrol(code, 'Porto'))).toBe('invitation-other-plant');
    expect(codeOf(await lyon.tryEnrol('a-code-from-elsewhere'))).toBe('invitation-unknown');
    expect(codeOf(await readPlan('a-code-from-elsewhere'))).toBe('invitation-unknown');
    await headquarters.pass(86_401);
    expect(codeOf(await lyon.tryEnrol(code))).toBe('invitation-expired');
    expect(codeOf(await readPlan(code))).toBe('invitation-expired');
  });

  it('refuses modalities that the plan lacks, and leaves the invitation unused', async () => {
    const { code } = await headquarters.invite('Turin');
    const turin = headquarters.stranger('Turin');
    expect(codeOf(await turin.tryEnrol(code, 'Turin', ['camera', 'radar']))).toBe('modality-unknown');
    expect(codeOf(await turin.tryEnrol(code, 'Turin', []))).toBe('request-invalid');
    expect((await turin.tryEnrol(code)).status).toBe(200);
  });

  it('lets a new workstation take the place of a plant’s old one', async () => {
    const old = headquarters.stranger('Porto');
    const { plantId } = await old.enrol(await headquarters.invite('Porto'));
    const replacement = headquarters.stranger('Porto');
    expect((await replacement.enrol(await headquarters.invite('Porto'))).plantId).toBe(plantId);
    expect((await replacement.round()).state).toBe('waiting');
    const refused = await old.request({ method: 'GET', target: '/v1/rounds/current' });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'plant-revoked']);
  });

  it('keeps no code that could be used by a reader of the database', async () => {
    const { code } = await headquarters.invite('Kyoto');
    const { database } = headquarters.aggregator.federation;
    for (const table of ['invitations', 'audit']) {
      const rows = await database.query(`select * from ${table}`);
      expect(JSON.stringify(rows)).not.toContain(code);
    }
  });
});
