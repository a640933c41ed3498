import { type ErrorCode, FedReconError } from '../../../protocol/errors.ts';
import type { ModelManifest, RoundState } from '../../../protocol/messages.ts';
import { moduleUse } from '../../../protocol/modules.ts';
import type { RoundRow, Trained } from '../../store/rounds.ts';
import { downloadModules, knownModel, pick } from '../../sync/fetch-model.ts';
import { sendContribution } from '../../sync/send-contribution.ts';
import type { Exchange } from './exchange.ts';
import { runRoundTraining } from './round-work.ts';

/** Refusals that mean that the round went on without this plant; the next one starts from a newer model. */
const tooLate = new Set<ErrorCode>(['round-not-open', 'model-outdated']);

/**
 * Plays this plant's part in an open round, from the step where it stands: fetch what the stage needs,
 * train, send, contribute. Every step is written down when it is complete, so that after a kill nothing that is
 * finished is trained or sent again.
 * @returns false when there is nothing to do in this round but wait
 */
export async function playRound(exchange: Exchange, state: RoundState, abort: AbortSignal): Promise<boolean> {
  const { store, enrolment } = exchange;
  // A round counts on what the plant had when it opened; what came since waits for the next, what is gone is left out.
  const has = enrolment.has.filter((name) => state.membership?.inRound.includes(name));
  if (moduleUse(enrolment.plan, has, state.stage, state.round).train.length === 0) return false;
  const known = store.rounds.get(state.round);
  const goesOn = known?.modelVersion === state.modelVersion && known.step !== 'done';
  if (goesOn && known.step === 'missed') return false;
  let row: RoundRow = goesOn
    ? known
    : {
        round: state.round,
        stage: state.stage,
        modelVersion: state.modelVersion,
        step: 'download',
        trained: undefined,
      };
  const advance = (change: Partial<RoundRow>) => {
    row = { ...row, ...change };
    store.rounds.put(row);
  };
  if (!goesOn) advance({});
  const manifest = await knownModel(exchange, state.modelVersion, abort);
  if (row.step !== 'upload') {
    await fetchModules(exchange, { ...row, has }, manifest, abort);
    advance({ step: 'train' });
    advance({ step: 'upload', trained: await train(exchange, { ...row, has }, manifest, abort) });
  }
  try {
    await send(exchange, row, abort);
    advance({ step: 'done' });
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || !tooLate.has(thrown.code)) throw thrown;
    advance({ step: 'missed' });
  }
  return true;
}

/** A round, and what this plant takes part in it with. */
interface Turn extends Pick<RoundRow, 'stage' | 'round'> {
  readonly has: readonly string[];
}

/** Modules of a model that the round works on at this plant and that the federation has trained before. */
function neededModules({ enrolment }: Exchange, { stage, round, has }: Turn, manifest: ModelManifest) {
  const { train, use } = moduleUse(enrolment.plan, has, stage, round);
  return pick(manifest.modules, [...train, ...use]);
}

async function fetchModules(
  exchange: Exchange,
  turn: Turn,
  manifest: ModelManifest,
  abort: AbortSignal,
): Promise<void> {
  const modules = neededModules(exchange, turn, manifest);
  await downloadModules(exchange, modules, turn.round, abort, (fraction) =>
    exchange.job.update({ phase: 'downloading', round: turn.round, stage: turn.stage, fraction }),
  );
}

async function train(
  exchange: Exchange,
  turn: Turn,
  manifest: ModelManifest,
  abort: AbortSignal,
): Promise<Trained> {
  const { store } = exchange;
  const { round, stage, has } = turn;
  const files = store.files.paths(neededModules(exchange, turn, manifest));
  const result = await runRoundTraining(exchange.context, { round, stage, has, modules: files }, abort);
  const modules: Record<string, Trained['modules'][string]> = {};
  for (const { name, path, sha256, samples, backing } of result.modules)
    modules[name] = { ...(await store.files.adopt(path, sha256)), samples, backing };
  const metrics = Object.entries(result.metrics).filter(([, value]) => Number.isFinite(value));
  return { modules, metrics: Object.fromEntries(metrics) };
}

/** Sends the trained modules. */
async function send(
  { client, store, enrolment, job }: Exchange,
  row: RoundRow,
  abort: AbortSignal,
): Promise<void> {
  const { round, stage, modelVersion, trained } = row;
  if (!trained) throw new Error('a round that uploads has trained');
  const request = { planHash: enrolment.planHash, modelVersion, ...trained };
  const report = (fraction: number) => job.update({ phase: 'uploading', round, stage, fraction });
  report(0);
  const contribution = {
    offer: () => client.contribute(round, request, abort),
    blobs: Object.entries(trained.modules).map(([name, blob]) => ({
      blob,
      label: { what: 'module', name, round } as const,
    })),
    name: 'contribution',
  };
  await sendContribution(client, store.files, contribution, abort, report);
}
