import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Invitation } from '../../../protocol/invitation.ts';
import {
  type ContributionRequest,
  type ContributionResponse,
  contributionResponse,
  type EnrolmentResponse,
  enrolmentResponse,
  type MembershipResponse,
  type ModelManifest,
  membershipResponse,
  modelManifest,
  type RoundState,
  roundState,
} from '../../../protocol/messages.ts';
import { type ModuleName, moduleUse } from '../../../protocol/modules.ts';
import { type Plan, planHash } from '../../../protocol/plan.ts';
import { decodeTensors, encodeTensors } from '../../../protocol/safetensors.ts';
import type { StageName } from '../../../protocol/schedule.ts';
import { moduleShapes } from '../../../protocol/shapes.ts';
import { contentDigest, keyIdOf, publicKeyText, signRequest } from '../../../protocol/signatures.ts';
import { type HostTensors, sizeOf } from '../../../protocol/tensors.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Reads the body as JSON. */
  json(): unknown;
}

export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly body?: Uint8Array | string;
  readonly headers?: Record<string, string>;
}

/** Sends one HTTPS request over a connection of its own. */
export async function send(
  url: string,
  ca: string,
  { method, target, body, headers }: Sent,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const request = httpsRequest({
    host: hostname,
    port,
    path: target,
    method,
    ca,
    agent: false,
    headers: {
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(body instanceof Uint8Array ? { 'content-type': 'application/octet-stream' } : {}),
      ...headers,
    },
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await response.toArray());
  return {
    status: response.statusCode!,
    headers: response.headers,
    bytes,
    json: () => JSON.parse(bytes.toString('utf8')),
  };
}

/** A plant's side of the protocol, with tensors that are made up instead of trained. */
export class TestPlant {
  readonly name: string;
  /** What it trains with; a test changes it when a round counts on something else. */
  has: readonly string[];
  readonly plan: Plan;
  /** Address of the server now: one that starts again has another port. */
  url: string;
  readonly ca: string;
  readonly clock: () => number;
  readonly identity;
  readonly publicKey: string;

  constructor(
    name: string,
    has: readonly string[],
    server: { plan: Plan; url: string; ca: string; clock: () => number },
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.name = name;
    this.has = has;
    this.plan = server.plan;
    this.url = server.url;
    this.ca = server.ca;
    this.clock = server.clock;
    this.identity = { privateKey, keyId: keyIdOf(publicKey) };
    this.publicKey = publicKeyText(publicKey);
  }

  sign(sent: Sent, now = this.clock(), nonce = randomBytes(16).toString('base64url')): Sent {
    const digest = sent.body === undefined ? undefined : contentDigest(sent.body);
    const signature = signRequest({ ...sent, contentDigest: digest }, this.identity, now, nonce);
    return { ...sent, headers: { ...sent.headers, ...signature } };
  }

  request(sent: Sent): Promise<Answer> {
    return send(this.url, this.ca, this.sign(sent));
  }

  async enrol({ code, plant }: Invitation): Promise<EnrolmentResponse> {
    return enrolmentResponse.parse(accepted(await this.tryEnrol(code, plant)));
  }

  tryEnrol(code: string, plant = this.name, has: readonly string[] = this.has): Promise<Answer> {
    const body = JSON.stringify({ code, plant, publicKey: this.publicKey, has });
    return this.request({ method: 'POST', target: '/v1/enrolments', body });
  }

  /** Says what it measures from the next round on. */
  async amend(has: readonly string[]): Promise<MembershipResponse> {
    return membershipResponse.parse(accepted(await this.tryAmend({ has })));
  }

  tryAmend(change: object): Promise<Answer> {
    const body = JSON.stringify({ planHash: planHash(this.plan), ...change });
    return this.request({ method: 'PUT', target: '/v1/membership', body });
  }

  async round(): Promise<RoundState> {
    return roundState.parse(accepted(await this.request({ method: 'GET', target: '/v1/rounds/current' })));
  }

  async model(version: number): Promise<ModelManifest> {
    return modelManifest.parse(
      accepted(await this.request({ method: 'GET', target: `/v1/models/${version}` })),
    );
  }

  async tensors(sha256: string): Promise<HostTensors> {
    const answer = await this.request({ method: 'GET', target: `/v1/blobs/${sha256}` });
    if (answer.status !== 200) throw new Error(answer.bytes.toString());
    return decodeTensors(answer.bytes).tensors;
  }

  upload(bytes: Uint8Array, offset = 0, end = bytes.length, sha256 = sha256Of(bytes)): Promise<Answer> {
    const target = `/v1/blobs/${sha256}?offset=${offset}&bytes=${bytes.length}`;
    return this.request({ method: 'PUT', target, body: bytes.subarray(offset, end) });
  }

  /** Modules that this plant trains in a stage, every value of every tensor being `value`. */
  trained(stage: StageName, value: number, round = 1): Record<string, HostTensors> {
    const { train } = moduleUse(this.plan, this.has, stage, round);
    return Object.fromEntries(train.map((module) => [module, filledModule(this.plan, module, value)]));
  }

  /** Uploads modules and contributes them with `samples` as their weight. */
  async contribute(modules: Record<string, HostTensors>, samples: number): Promise<ContributionResponse> {
    for (const tensors of Object.values(modules)) {
      const { status, bytes } = await this.upload(encodeTensors(tensors));
      if (status !== 201) throw new Error(bytes.toString());
    }
    return contributionResponse.parse(
      accepted(await this.announce(await this.contribution(modules, samples))),
    );
  }

  async contribution(modules: Record<string, HostTensors>, samples: number): Promise<ContributionRequest> {
    const entries = Object.entries(modules).map(([name, tensors]) => {
      const bytes = encodeTensors(tensors);
      return [
        name,
        {
          sha256: sha256Of(bytes),
          bytes: bytes.length,
          samples,
          backing: { measured: samples, completed: {} },
        },
      ];
    });
    const { modelVersion } = await this.round();
    return {
      planHash: planHash(this.plan),
      modelVersion,
      modules: Object.fromEntries(entries),
      metrics: { elbo: 1.5 },
    };
  }

  async announce(contribution: unknown, round?: number): Promise<Answer> {
    const number = round ?? (await this.round()).round;
    const body = JSON.stringify(contribution);
    return this.request({ method: 'POST', target: `/v1/rounds/${number}/contributions`, body });
  }
}

/** A module of the plan's shapes with one value everywhere. */
export function filledModule(plan: Plan, module: ModuleName, value: number): HostTensors {
  return Object.fromEntries(
    Object.entries(moduleShapes(plan, module)).map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(sizeOf(shape)).fill(value) },
    ]),
  );
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function accepted(answer: Answer): unknown {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.bytes}`);
  return answer.json();
}
