import { z } from 'zod';
import { backing, backingTotal } from './backing.ts';
import { modalityName } from './kinds/fields.ts';
import { stageName } from './schedule.ts';

/** Messages between a workstation and the aggregator. Bodies are JSON but for blobs (raw bytes). */

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');
export const moduleNameText = z.string().min(3).max(120);

/** A module as a content-addressed safetensors blob. */
export const moduleBlob = z.strictObject({ sha256: sha256Hex, bytes: z.int().nonnegative() });
export type ModuleBlob = z.infer<typeof moduleBlob>;

/** `POST /v1/enrolments`: an invitation's code and the device's public key; signed with that key. */
export const enrolmentRequest = z.strictObject({
  code: z.string().min(8).max(100),
  plant: z.string().min(1).max(80),
  /** Ed25519 public key, SPKI DER, base64url. Its SHA-256 is the key id of later signatures. */
  publicKey: z.string().min(40).max(200),
  has: z.array(modalityName).min(1).max(16),
});
export const enrolmentResponse = z.strictObject({
  plantId: z.string(),
  federation: z.string(),
  planHash: sha256Hex,
});
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>;
export type EnrolmentResponse = z.infer<typeof enrolmentResponse>;

/**
 * `PUT /v1/membership`: what the plant measures from the next round on; of nothing it is asked for nothing. Sending what the
 * aggregator knows already changes nothing.
 */
export const membershipRequest = z.strictObject({ planHash: sha256Hex, has: z.array(modalityName).max(16) });
/** What the plant has from `fromRound` on, in the plan's order. */
export const membershipResponse = z.strictObject({
  has: z.array(modalityName),
  fromRound: z.int().nonnegative(),
});
export type MembershipRequest = z.infer<typeof membershipRequest>;
export type MembershipResponse = z.infer<typeof membershipResponse>;

/** `GET /v1/plan` */
export const planResponse = z.strictObject({ hash: sha256Hex, plan: z.unknown() });
export type PlanResponse = z.infer<typeof planResponse>;

/** Backing of a module of a model, all rounds together. */
export const moduleBacking = z.strictObject({
  ...backing.shape,
  /** Modality that a bridge leads through: a mapping whose pair no plant ever measured. Null for any other module. */
  bridge: modalityName.nullable(),
});
export type ModuleBacking = z.infer<typeof moduleBacking>;

/** `GET /v1/models/{version}`: the global modules, and the averaged ones that reconstruct. */
export const modelManifest = z.strictObject({
  version: z.int().nonnegative(),
  planHash: sha256Hex,
  /** Round that made this version; 0 for the initial model. */
  round: z.int().nonnegative(),
  stage: stageName,
  /** Modules that training starts from. */
  modules: z.record(moduleNameText, moduleBlob),
  /** Modules that reconstruct (moving average). */
  serving: z.record(moduleNameText, moduleBlob),
  /** Backing of every module that was ever trained. */
  backing: z.record(moduleNameText, moduleBacking),
  createdAt: z.iso.datetime(),
});
export type ModelManifest = z.infer<typeof modelManifest>;

/** `GET /v1/rounds/current`: what a plant has to do now, and when to ask again. */
export const roundState = z.strictObject({
  /** `open`: contribute. `waiting`: no round is open. `finished`: the schedule is over. */
  state: z.enum(['open', 'waiting', 'finished']),
  /** Number of the open round, or of the last one. 0 before the first. */
  round: z.int().nonnegative(),
  scheduledRounds: z.int().positive(),
  stage: stageName,
  /** Model version to start from, and to reconstruct with. */
  modelVersion: z.int().nonnegative(),
  deadline: z.iso.datetime().nullable(),
  /** True if this plant's contribution to this round is already in. */
  contributed: z.boolean(),
  plants: z.strictObject({ enrolled: z.int(), contributed: z.int() }),
  /** What the asking plant has, as it said last and as the round counts on it; null for headquarters. */
  membership: z.strictObject({ has: z.array(modalityName), inRound: z.array(modalityName) }).nullable(),
  /** The newest calibration; `open`: plants are asked for sums. */
  calibration: z
    .strictObject({ number: z.int().positive(), modelVersion: z.int().nonnegative(), open: z.boolean() })
    .nullable(),
  /** Seconds until the plant should ask again. */
  retryAfterSeconds: z.number().positive(),
});
export type RoundState = z.infer<typeof roundState>;

/** Trained module of a contribution, with counts of the parts that taught it, never their names. */
export const contributedModule = z
  .strictObject({
    ...moduleBlob.shape,
    /** Weight in the average: parts with that modality, or with both of a pair; a completed part counts for less. */
    samples: z.int().positive(),
    backing,
  })
  .refine(({ samples, backing }) => samples <= backingTotal(backing), {
    path: ['samples'],
    message: 'more samples than the backing has parts',
  });
export type ContributedModule = z.infer<typeof contributedModule>;

/** `POST /v1/rounds/{n}/contributions`: the modules that a plant trained. Idempotent. */
export const contributionRequest = z.strictObject({
  planHash: sha256Hex,
  /** Model version that training started from. */
  modelVersion: z.int().nonnegative(),
  modules: z.record(moduleNameText, contributedModule),
  /** Mean training losses by term, for the curve at headquarters. */
  metrics: z.record(z.string().max(60), z.number()),
});
export type ContributionRequest = z.infer<typeof contributionRequest>;
/** Answer to a contribution. `missing`: blobs to upload before it counts; empty when it was accepted. */
export const contributionResponse = z.strictObject({ accepted: z.boolean(), missing: z.array(sha256Hex) });
export type ContributionResponse = z.infer<typeof contributionResponse>;

/**
 * `PUT /v1/blobs/{sha256}?offset=O&bytes=B`: the body is the blob from byte O on, as far as it goes; B is its
 * whole size. `HEAD` answers 200 when it is complete, else `blob-unknown` with the header `upload-offset`:
 * the byte to continue from.
 */
export const blobUploadQuery = z.strictObject({
  offset: z.coerce.number().int().nonnegative(),
  bytes: z.coerce.number().int().positive(),
});
export const blobUploadResponse = z.strictObject({ complete: z.boolean(), offset: z.int().nonnegative() });
export type BlobUploadResponse = z.infer<typeof blobUploadResponse>;
export const uploadOffsetHeader = 'upload-offset';

/** RFC 9457 problem document. */
export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
