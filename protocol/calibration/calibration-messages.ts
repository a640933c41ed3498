import { z } from 'zod';
import { moduleBlob, sha256Hex } from '../messages.ts';
import { calibrationPass } from './lengths.ts';
import { routeNameText } from './routes.ts';

/** Sums of all plants, by pass, as content-addressed blobs. A pass that is not over is absent. */
const passSums = z.partialRecord(calibrationPass, moduleBlob);
export type PassSums = z.infer<typeof passSums>;

/** `GET /v1/calibrations/{number}`: the pass that plants are asked for, and the sums of all plants so far. */
export const calibrationState = z.strictObject({
  number: z.int().positive(),
  modelVersion: z.int().nonnegative(),
  /** Pass that plants are asked for now; null once the calibration is finished. */
  pass: calibrationPass.nullable(),
  /** Routes that are calibrated. */
  routes: z.array(routeNameText),
  /** True once this plant has answered in this pass, with sums or without. */
  contributed: z.boolean(),
  deadline: z.iso.datetime().nullable(),
  sums: passSums,
});
export type CalibrationState = z.infer<typeof calibrationState>;

/** `POST /v1/calibrations/{number}/{pass}`: this plant's sums. Idempotent. The answer is that of a round's contribution. */
export const calibrationContribution = z.strictObject({
  planHash: sha256Hex,
  /** Blob of the sums; null where this plant has too few parts for any route. */
  sums: moduleBlob.nullable(),
});
export type CalibrationContribution = z.infer<typeof calibrationContribution>;
