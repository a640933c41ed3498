import { z } from 'zod';
import { backing, backingTotal } from './backing.ts';
import { modalityName } from './kinds/fields.ts';
import { stageName } from './schedule.ts';

/** What travels between a workstation and the aggregator. Bodies are JSON but for blobs (raw bytes). */

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

/** `GET /v1/plan` */
export const planResponse = z.strictObject({ hash: sha256Hex, plan: z.unknown() });
export type PlanResponse = z.infer<typeof planResponse>;

/** What stands behind a module of a model, all rounds together. */
export const moduleBacking = z.strictObject({
  ...backing.shape,
  /** Not null for a bridge, a mapping whose pair no plant ever measured: the modality that it leads through. */
  bridge: modalityName.nullable(),
});
export type ModuleBacking = z.infer<typeof moduleBacking>;

/** `GET /v1/models/{version}`: the global modules, and the averaged ones that reconstruct. */
export const modelManifest = z.strictObject({
  version: z.int().nonnegative(),
  planHash: sha256Hex,
  /** The round that made it; 0 for the initial model. */
  round: z.int().nonnegative(),
  stage: stageName,
  /** Training starts from these. */
  modules: z.record(moduleNameText, moduleBlob),
  /** Reconstruction uses these (moving average). */
  serving: z.record(moduleNameText, moduleBlob),
  /** Of every module that was ever trained. */
  backing: z.record(moduleNameText, moduleBacking),
  createdAt: z.iso.datetime(),
});
export type ModelManifest = z.infer<typeof modelManifest>;

/** `GET /v1/rounds/current`: the server says what to do and when to come back. */
export const roundState = z.strictObject({
  /** `open`: contribute. `waiting`: no round is open. `finished`: the schedule is over. */
  state: z.enum(['open', 'waiting', 'finished']),
  /** The open round, or the last one. 0 before the first. */
  round: z.int().nonnegative(),
  scheduledRounds: z.int().positive(),
  stage: stageName,
  /** The model to start from, and to reconstruct with. */
  modelVersion: z.int().nonnegative(),
  deadline: z.iso.datetime().nullable(),
  /** Whether this plant's contribution to this round is already in. */
  contributed: z.boolean(),
  plants: z.strictObject({ enrolled: z.int(), contributed: z.int() }),
  /** The newest calibration; `open`: plants are asked for sums. */
  calibration: z
    .strictObject({ number: z.int().positive(), modelVersion: z.int().nonnegative(), open: z.boolean() })
    .nullable(),
  /** When to ask again. */
  retryAfterSeconds: z.number().positive(),
});
export type RoundState = z.infer<typeof roundState>;

/** A trained module, and on how much. Counts of parts, never which. */
export const contributedModule = z
  .strictObject({
    ...moduleBlob.shape,
    /** Parts with that modality, or with both of a pair, a completed part for less: the weight in the average. */
    samples: z.int().positive(),
    backing,
  })
  .refine(({ samples, backing }) => samples <= backingTotal(backing), {
    path: ['samples'],
    message: 'more samples than the backing has parts',
  });
export type ContributedModule = z.infer<typeof contributedModule>;

/** `POST /v1/rounds/{n}/contributions`: what was trained, and on how much. Idempotent. */
export const contributionRequest = z.strictObject({
  planHash: sha256Hex,
  /** The model version that training started from. */
  modelVersion: z.int().nonnegative(),
  modules: z.record(moduleNameText, contributedModule),
  /** Mean training losses by term, for the curve at headquarters. */
  metrics: z.record(z.string().max(60), z.number()),
});
export type ContributionRequest = z.infer<typeof contributionRequest>;
/** `missing`: blobs to upload before the contribution counts. Empty when it was accepted. */
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
