import { z } from 'zod';
import { learnedBridges } from '../../protocol/backing.ts';
import { encodeInvitation } from '../../protocol/invitation.ts';
import { beginCalibration } from '../calibration/calibration-lifecycle.ts';
import { calibrationStatus } from '../calibration/calibration-state.ts';
import { firstAlteredAudit } from '../federation/audit-trail.ts';
import { createInvitation } from '../federation/enrolments.ts';
import type { Federation } from '../federation/federation.ts';
import { readBacking } from '../federation/model-versions.ts';
import { openRound } from '../rounds/round-lifecycle.ts';
import { readRoundState } from '../rounds/round-state.ts';

/** Address of the server, and the fingerprint by which plants recognise it. */
interface ServerIdentity {
  readonly url: string;
  readonly caFingerprint: string;
}

const status = z.object({
  federation: z.string(),
  plan: z.string(),
  planHash: z.string(),
  url: z.string(),
  round: z.object({
    state: z.string(),
    number: z.int(),
    scheduled: z.int(),
    stage: z.string(),
    deadline: z.string().nullable(),
  }),
  modelVersion: z.int(),
  /** Bridges of the model, mappings whose pair no plant measured, each with the modality it leads through. */
  bridges: z.record(z.string(), z.string()),
  /** Newest calibration; `pass` is null and `routes` are known once it is finished. */
  calibration: z
    .object({
      number: z.int(),
      modelVersion: z.int(),
      pass: z.string().nullable(),
      contributed: z.int(),
      expected: z.int(),
      routes: z.record(z.string(), z.object({ plants: z.int(), parts: z.int() })),
    })
    .nullable(),
  plants: z.array(z.object({ name: z.string(), has: z.array(z.string()), contributed: z.boolean() })),
  openInvitations: z.array(z.object({ plant: z.string(), expires: z.string() })),
  /** Sequence number of the first audit entry that was altered; null when the chain is whole. */
  auditAlteredAt: z.int().nullable(),
});
export type Status = z.infer<typeof status>;

/** Commands of headquarters: one table for the command line, the server and the database beneath both. */
export const adminCommands = {
  invite: {
    input: z.strictObject({ plant: z.string().trim().min(1).max(80), days: z.number().positive().max(365) }),
    output: z.object({ invitation: z.string(), expires: z.string() }),
  },
  round: { input: z.strictObject({}), output: z.object({ round: z.int() }) },
  calibrate: {
    input: z.strictObject({ version: z.int().nonnegative().optional() }),
    output: z.object({ calibration: z.int() }),
  },
  status: { input: z.strictObject({}), output: status },
} as const;
export type AdminCommand = keyof typeof adminCommands;
export type AdminInput<C extends AdminCommand> = z.infer<(typeof adminCommands)[C]['input']>;
export type AdminOutput<C extends AdminCommand> = z.infer<(typeof adminCommands)[C]['output']>;

const runners: {
  readonly [C in AdminCommand]: (
    federation: Federation,
    input: AdminInput<C>,
    server: ServerIdentity,
  ) => Promise<AdminOutput<C>>;
} = {
  invite: async (federation, { plant, days }, server) => {
    const invitation = await createInvitation(federation, plant, days, server);
    return { invitation: encodeInvitation(invitation), expires: invitation.expires };
  },
  round: async (federation) => ({ round: await openRound(federation) }),
  calibrate: async (federation, { version }) => ({
    calibration: await beginCalibration(federation, version),
  }),
  status: readStatus,
};

/** Runs one command of headquarters. @throws FedReconError what the command throws */
export function runAdminCommand<C extends AdminCommand>(
  name: C,
  federation: Federation,
  input: AdminInput<C>,
  server: ServerIdentity,
): Promise<AdminOutput<C>> {
  return runners[name](federation, input, server);
}

async function readStatus(federation: Federation, _input: unknown, { url }: ServerIdentity): Promise<Status> {
  const { database, plan } = federation;
  const state = await readRoundState(federation, undefined);
  const plants = await database.query<Status['plants'][number]>(
    `select name, has, exists (select from contributions where plant_id = id and round = $1) as contributed
     from plants where revoked_at is null order by name`,
    [state.round],
  );
  const invitations = await database.query<{ plant: string; expires_at: Date }>(
    'select plant, expires_at from invitations where used_at is null and expires_at > $1 order by expires_at',
    [new Date(federation.clock())],
  );
  return {
    federation: federation.id,
    plan: plan.name,
    planHash: federation.planHash,
    url,
    round: {
      state: state.state,
      number: state.round,
      scheduled: state.scheduledRounds,
      stage: state.stage,
      deadline: state.deadline,
    },
    modelVersion: state.modelVersion,
    bridges: learnedBridges(await readBacking(database, state.modelVersion)),
    calibration: await calibrationStatus(federation),
    plants,
    openInvitations: invitations.map(({ plant, expires_at }) => ({
      plant,
      expires: expires_at.toISOString(),
    })),
    auditAlteredAt: (await firstAlteredAudit(database)) ?? null,
  };
}
