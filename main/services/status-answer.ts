import { z } from 'zod';
import { stageName } from '../../protocol/schedule.ts';
import type { PlantStatus, WorkstationState } from '../api/views.ts';

const count = z.int().nonnegative();
const version = count.nullable();
const stands = [
  ...(['never-contacted', 'apart', 'connecting', 'lost', 'connected', 'round-open'] as const),
  ...(['waiting-for-others', 'calibrating', 'extra-round', 'finished'] as const),
] satisfies PlantStatus['is'][];

/** Process that has a data folder open, and when it opened it and wrote this. */
const holder = z.strictObject({
  process: z.int().positive(),
  /** What it is: a command by its name, or the app. */
  program: z.string(),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
});

/** Schema of what `status --json` and `run --json` answer: for programs, so nothing in it changes its meaning. */
export const statusAnswer = z.strictObject({
  version: z.string(),
  /** Another process that has the folder open and wrote this; null where this command does. */
  heldBy: holder.nullable(),
  /** Null before the plant joined. */
  federation: z
    .strictObject({
      plant: z.string(),
      aggregator: z.url(),
      plan: z.string(),
      planHash: z.string(),
      has: z.array(z.string()),
      lacks: z.array(z.string()),
      round: count,
      rounds: count,
      stage: stageName,
      /** As last heard from the aggregator, and when. */
      roundState: z.enum(['open', 'waiting', 'finished', 'unreachable']),
      /** The one state that every page of the window names, too. */
      status: z.enum(stands),
      /** Since when it cannot be reached. */
      lostSince: z.iso.datetime().nullable(),
      lastContact: z.iso.datetime().nullable(),
      contributedRounds: count,
    })
    .nullable(),
  /** Whether it takes part in rounds whenever it runs. */
  participating: z.boolean(),
  data: z.strictObject({
    parts: count,
    problems: count,
    counts: z.array(z.strictObject({ modality: z.string(), present: count, missing: count })),
  }),
  /** Versions: the newest model that came, the one that reconstructions are made with, one that waits for a person or was held back. */
  model: z.strictObject({ newest: version, inUse: version, pending: version, isHeldBack: z.boolean() }),
  reconstructed: z.strictObject({ modelVersion: count, parts: count, at: z.iso.datetime() }).nullable(),
  traffic: z.strictObject({ bytesDown: count, bytesUp: count }),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

/** The state of a workstation as a program is told it. */
export function statusOf(state: WorkstationState): StatusAnswer {
  const { federation, data, model, adoption, reconstructed, traffic } = state;
  return {
    version: state.version,
    heldBy: null,
    federation: federation
      ? {
          ...{ plant: federation.plant, aggregator: federation.aggregator },
          ...{ plan: federation.plan.name, planHash: federation.plan.hash },
          ...{ has: [...federation.has], lacks: [...federation.lacks] },
          ...{ round: federation.round, rounds: federation.plan.scheduledRounds, stage: federation.stage },
          ...{ roundState: federation.roundState, lastContact: federation.lastContact },
          ...{ status: federation.status.is, lostSince: federation.status.since ?? null },
          contributedRounds: federation.contributedRounds,
        }
      : null,
    participating: state.participating,
    data: { parts: data.parts, problems: data.problems, counts: data.counts.map((one) => ({ ...one })) },
    model: {
      newest: model?.version ?? null,
      inUse: adoption.inUse,
      pending: adoption.pending?.version ?? null,
      isHeldBack: adoption.pending?.state === 'held',
    },
    reconstructed: reconstructed && {
      ...{ modelVersion: reconstructed.modelVersion, parts: reconstructed.parts, at: reconstructed.at },
    },
    traffic: { bytesDown: traffic.bytesDown, bytesUp: traffic.bytesUp },
  };
}
