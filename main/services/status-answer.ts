import { z } from 'zod';
import { counted } from '../api/format.ts';
import type { WorkstationState } from '../api/views.ts';

const count = z.int().nonnegative();
const version = count.nullable();

/** Schema of what `status --json` and `run --json` answer: for programs, so nothing in it changes its meaning. */
export const statusAnswer = z.strictObject({
  version: z.string(),
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
      stage: z.string(),
      /** As last heard from the aggregator, and when. */
      roundState: z.enum(['open', 'waiting', 'finished', 'unreachable']),
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
  /** Versions: the newest model that came, the one that reconstructions are made with, one that waits for a person. */
  model: z.strictObject({ newest: version, inUse: version, pending: version }),
  reconstructed: z.strictObject({ modelVersion: count, parts: count, at: z.iso.datetime() }).nullable(),
  traffic: z.strictObject({ bytesDown: count, bytesUp: count }),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

/** The state of a workstation as a program is told it. */
export function statusOf(state: WorkstationState): StatusAnswer {
  const { federation, data, model, adoption, reconstructed, traffic } = state;
  return {
    version: state.version,
    federation: federation
      ? {
          ...{ plant: federation.plant, aggregator: federation.aggregator },
          ...{ plan: federation.plan.name, planHash: federation.plan.hash },
          ...{ has: [...federation.has], lacks: [...federation.lacks] },
          ...{ round: federation.round, rounds: federation.plan.scheduledRounds, stage: federation.stage },
          ...{ roundState: federation.roundState, lastContact: federation.lastContact },
          contributedRounds: federation.contributedRounds,
        }
      : null,
    participating: state.participating,
    data: { parts: data.parts, problems: data.problems, counts: data.counts.map((one) => ({ ...one })) },
    model: {
      newest: model?.version ?? null,
      inUse: adoption.inUse,
      pending: adoption.pending?.version ?? null,
    },
    reconstructed: reconstructed && {
      ...{ modelVersion: reconstructed.modelVersion, parts: reconstructed.parts, at: reconstructed.at },
    },
    traffic: { bytesDown: traffic.bytesDown, bytesUp: traffic.bytesUp },
  };
}

/** The same for a person. */
export function statusInWords({
  federation,
  data,
  model,
  reconstructed,
  participating,
}: StatusAnswer): string[] {
  return [
    ...(federation
      ? [
          `${federation.plant} of "${federation.plan}" at ${federation.aggregator}`,
          `Measures ${federation.has.join(', ')}; lacks ${federation.lacks.join(', ') || 'nothing'}.`,
          `Round ${federation.round} of ${federation.rounds} (${federation.stage}): ${federation.roundState}, heard ${federation.lastContact ?? 'never'}. Contributed to ${federation.contributedRounds}.`,
        ]
      : ['No federation was joined yet.']),
    participating ? 'Takes part in rounds whenever it runs.' : 'Takes part in no rounds.',
    `${counted(data.parts, 'part')}, ${counted(data.problems, 'problem')}.`,
    ...data.counts.map(({ modality, present, missing }) => `  ${modality}: ${present}, missing ${missing}`),
    model.newest === null
      ? 'No model came yet.'
      : `Model ${model.newest} is the newest; ${model.inUse === null ? 'none is' : `${model.inUse} is`} in use${model.pending === null ? '' : `, ${model.pending} waits for a person`}.`,
    reconstructed
      ? `${counted(reconstructed.parts, 'part is', 'parts are')} reconstructed with model ${reconstructed.modelVersion}, ${reconstructed.at}.`
      : 'Nothing is reconstructed.',
  ];
}
