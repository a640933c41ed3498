import { createPublicKey, type KeyObject } from 'node:crypto';
import type { z } from 'zod';
import {
  type CalibrationContribution,
  type CalibrationState,
  calibrationState,
} from '../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { invitationHeader } from '../../protocol/invitation.ts';
import {
  type ContributionRequest,
  type ContributionResponse,
  contributionResponse,
  type EnrolmentRequest,
  type EnrolmentResponse,
  enrolmentResponse,
  type MembershipRequest,
  type MembershipResponse,
  type ModelManifest,
  membershipResponse,
  modelManifest,
  planResponse,
  type RoundState,
  roundState,
} from '../../protocol/messages.ts';
import { type Plan, parsePlan, planHash } from '../../protocol/plan.ts';
import { keyIdOf } from '../../protocol/signatures.ts';
import type { LedgerEntry } from '../api/views.ts';
import type { Ledger } from '../store/ledger.ts';
import { readJsonAnswer } from './answers.ts';
import { openTransport, type Request, type Transport } from './transport.ts';

/** Subject of a message, for the ledger. */
export type TransferLabel = Pick<LedgerEntry, 'what' | 'name' | 'round'>;

/** Client of the aggregator for a plant; every request is signed with the device's key and its bytes are counted. */
export interface AggregatorClient {
  readonly address: string;
  /** The plan of the federation; before joining it is shown to the holder of an unused invitation, by its `code`. */
  plan(code?: string): Promise<{ plan: Plan; hash: string }>;
  enrol(request: EnrolmentRequest): Promise<EnrolmentResponse>;
  /** Says what this plant has from the next round on. */
  amend(request: MembershipRequest, abort?: AbortSignal): Promise<MembershipResponse>;
  /** @param silenceSeconds after which an aggregator that takes the question and says nothing is not there */
  currentRound(abort?: AbortSignal, silenceSeconds?: number): Promise<RoundState>;
  model(version: number, abort?: AbortSignal): Promise<ModelManifest>;
  contribute(round: number, request: ContributionRequest, abort?: AbortSignal): Promise<ContributionResponse>;
  calibration(number: number, abort?: AbortSignal): Promise<CalibrationState>;
  contributeSums(
    number: number,
    pass: CalibrationPass,
    request: CalibrationContribution,
    abort?: AbortSignal,
  ): Promise<ContributionResponse>;
  /** Transport for blobs, which count what they carry themselves. */
  readonly transport: Transport;
  record(direction: LedgerEntry['direction'], bytes: number, label: TransferLabel): void;
  /** Bytes that were recorded as sent. */
  sent(label: TransferLabel): number;
  close(): void;
}

/**
 * Opens a client; no request is sent yet.
 * @param options.ledger is told the payload bytes of everything that was really sent or received
 */
export function openClient(options: {
  address: string;
  ca: string;
  key: KeyObject;
  ledger: Pick<Ledger, 'add' | 'sent'>;
  /** Proxy on the way there: `http://host:port`. */
  proxy?: string | undefined;
}): AggregatorClient {
  const { address, ca, key, ledger, proxy } = options;
  const identity = { privateKey: key, keyId: keyIdOf(createPublicKey(key)) };
  const transport = openTransport(address, { ca, identity, proxy });
  const record: AggregatorClient['record'] = (direction, bytes, label) => {
    if (bytes > 0) ledger.add({ at: new Date().toISOString(), direction, bytes, ...label });
  };

  async function ask<Schema extends z.ZodType>(
    request: Omit<Request, 'body'> & { json?: unknown },
    schema: Schema,
    label: TransferLabel | ((answer: z.output<Schema>) => TransferLabel),
  ): Promise<z.output<Schema>> {
    const { json, ...rest } = request;
    const body = json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json));
    const answer = await transport.send({
      ...rest,
      ...(body && { body, headers: { ...rest.headers, 'content-type': 'application/json' } }),
    });
    const result = schema.safeParse(readJsonAnswer(answer.body));
    if (!result.success) {
      const issue = result.error.issues[0]!;
      throw new FedReconError('answer-invalid', { problem: `${issue.path.join('.')}: ${issue.message}` });
    }
    const about = typeof label === 'function' ? label(result.data) : label;
    record('up', body?.length ?? 0, about);
    record('down', answer.body.length, about);
    return result.data;
  }

  return {
    address,
    transport,
    record,
    sent: (label) => ledger.sent(label),
    plan: async (code) => {
      const headers = code === undefined ? {} : { headers: { [invitationHeader]: code } };
      const answer = await ask({ method: 'GET', target: '/v1/plan', ...headers }, planResponse, {
        what: 'plan',
        name: 'plan',
        round: null,
      });
      const plan = parsePlan(answer.plan);
      const hash = planHash(plan);
      if (hash !== answer.hash)
        throw new FedReconError('answer-invalid', { problem: 'plan: its hash is another' });
      return { plan, hash };
    },
    enrol: (json) =>
      ask({ method: 'POST', target: '/v1/enrolments', json }, enrolmentResponse, {
        what: 'enrolment',
        name: json.plant,
        round: null,
      }),
    amend: (json, abort) =>
      ask({ method: 'PUT', target: '/v1/membership', json, abort }, membershipResponse, {
        what: 'membership',
        name: json.has.join(', '),
        round: null,
      }),
    currentRound: (abort, silenceSeconds) =>
      ask(
        { method: 'GET', target: '/v1/rounds/current', abort, silenceSeconds },
        roundState,
        ({ round }) => ({
          what: 'round',
          name: `round ${round}`,
          round,
        }),
      ),
    model: (version, abort) =>
      ask({ method: 'GET', target: `/v1/models/${version}`, abort }, modelManifest, ({ round }) => ({
        what: 'round',
        name: `round ${round}`,
        round,
      })),
    contribute: (round, json, abort) =>
      ask(
        { method: 'POST', target: `/v1/rounds/${round}/contributions`, json, abort },
        contributionResponse,
        { what: 'contribution', name: `round ${round}`, round },
      ),
    calibration: (number, abort) =>
      ask({ method: 'GET', target: `/v1/calibrations/${number}`, abort }, calibrationState, {
        ...{ what: 'round', name: 'calibration', round: null },
      }),
    contributeSums: (number, pass, json, abort) =>
      ask(
        { method: 'POST', target: `/v1/calibrations/${number}/${pass}`, json, abort },
        contributionResponse,
        { what: 'contribution', name: pass, round: null },
      ),
    close: () => transport.close(),
  };
}
