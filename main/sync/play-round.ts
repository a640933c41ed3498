import { documentHash } from '../../protocol/canonical-json.ts';
import { type ErrorCode, FedReconError } from '../../protocol/errors.ts';
import type { ModelManifest, ModuleBlob, RoundState } from '../../protocol/messages.ts';
import { moduleUse } from '../../protocol/modules.ts';
import type { StageName } from '../../protocol/schedule.ts';
import type { TrainResult } from '../../training/process/messages.ts';
import { theWorkstation } from '../log/entries.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { RoundRow, Trained } from '../store/rounds.ts';
import type { Store } from '../store/store.ts';
import type { AggregatorClient } from './aggregator-client.ts';
import { download, upload } from './transfers.ts';

/** What the exchange is doing, for the window. */
export interface ExchangeReport {
  readonly phase: 'downloading' | 'uploading' | 'waiting';
  readonly round?: number;
  readonly stage?: StageName;
  readonly fraction: number;
}

/** What is trained in a round: modules by name as files; those absent start from the plan's seed. */
export interface TrainingOrder {
  readonly round: number;
  readonly stage: StageName;
  readonly modules: Readonly<Record<string, string>>;
}

export interface RoundContext {
  readonly store: Store;
  readonly client: AggregatorClient;
  readonly enrolment: Enrolment;
  readonly report: (report: ExchangeReport) => void;
  /** Trains in the training process; resolves to files that may be moved away. */
  readonly train: (order: TrainingOrder, signal: AbortSignal) => Promise<TrainResult>;
}

/** The round went on without this plant; the next one starts from a newer model. */
const tooLate = new Set<ErrorCode>(['round-not-open', 'model-outdated']);

/**
 * Plays this plant's part in an open round, from the step where it stands: fetch what the stage needs,
 * train, send, contribute. Every step is written down when it is complete, so that after a kill nothing that is
 * finished is trained or sent again.
 * @returns false when there is nothing to do in this round but wait
 */
export async function playRound(
  context: RoundContext,
  state: RoundState,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, enrolment } = context;
  if (moduleUse(enrolment.plan, enrolment.has, state.stage, state.round).train.length === 0) return false;
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
  const manifest = await knownModel(context, state.modelVersion, signal);
  if (row.step !== 'upload') {
    await fetchModules(context, row, manifest, signal);
    advance({ step: 'train' });
    advance({ step: 'upload', trained: await train(context, row, manifest, signal) });
  }
  try {
    await contribute(context, row, signal);
    advance({ step: 'done' });
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || !tooLate.has(thrown.code)) throw thrown;
    advance({ step: 'missed' });
  }
  return true;
}

/** The manifest of a model version, fetched once. @throws FedReconError `plan-changed` if it is of another plan */
export async function knownModel(
  { store, client, enrolment }: Pick<RoundContext, 'store' | 'client' | 'enrolment'>,
  version: number,
  signal?: AbortSignal,
): Promise<ModelManifest> {
  const known = store.models.get(version);
  if (known) return known.manifest;
  const manifest = await client.model(version, signal);
  if (manifest.planHash !== enrolment.planHash) throw new FedReconError('plan-changed');
  store.transaction(() => {
    store.models.add(manifest);
    const { round, stage, planHash } = manifest;
    store.log.append({
      action: 'model.received',
      actor: theWorkstation,
      object: documentHash(manifest),
      detail: { modelVersion: version, round, stage, planHash },
    });
  });
  return manifest;
}

/** Modules of a model that the round works on at this plant and that the federation has trained before. */
function neededModules(
  { enrolment }: RoundContext,
  { stage, round }: Pick<RoundRow, 'stage' | 'round'>,
  manifest: ModelManifest,
) {
  const { train, use } = moduleUse(enrolment.plan, enrolment.has, stage, round);
  return pick(manifest.modules, [...train, ...use]);
}

async function fetchModules(
  context: RoundContext,
  row: RoundRow,
  manifest: ModelManifest,
  signal: AbortSignal,
): Promise<void> {
  const modules = neededModules(context, row, manifest);
  await downloadModules(context, modules, row.round, signal, (fraction) =>
    context.report({ phase: 'downloading', round: row.round, stage: row.stage, fraction }),
  );
}

/** Fetches the modules that are not here yet. */
export async function downloadModules(
  { store, client }: Pick<RoundContext, 'store' | 'client'>,
  modules: readonly (readonly [string, ModuleBlob])[],
  round: number,
  signal: AbortSignal,
  report: (fraction: number) => void,
): Promise<void> {
  const missing: [string, ModuleBlob][] = [];
  for (const [name, blob] of modules) if (!(await store.files.has(blob.sha256))) missing.push([name, blob]);
  const onBytes = counter(
    missing.map(([, blob]) => blob),
    report,
  );
  for (const [name, blob] of missing)
    await download(client, store.files, blob, { what: 'module', name, round }, { signal, onBytes });
}

async function train(
  context: RoundContext,
  row: RoundRow,
  manifest: ModelManifest,
  signal: AbortSignal,
): Promise<Trained> {
  const { store } = context;
  const { round, stage } = row;
  const files = store.files.paths(neededModules(context, row, manifest));
  const result = await context.train({ round, stage, modules: files }, signal);
  const modules: Record<string, Trained['modules'][string]> = {};
  for (const { name, path, sha256, samples, backing } of result.modules)
    modules[name] = { ...(await store.files.adopt(path, sha256)), samples, backing };
  const metrics = Object.entries(result.metrics).filter(([, value]) => Number.isFinite(value));
  return { modules, metrics: Object.fromEntries(metrics) };
}

/** Offers the contribution, sends what the aggregator lacks of it, and offers it again. */
async function contribute(context: RoundContext, row: RoundRow, signal: AbortSignal): Promise<void> {
  const { client, store, enrolment, report } = context;
  const { round, stage, modelVersion, trained } = row;
  if (!trained) throw new Error('a round that uploads has trained');
  const request = { planHash: enrolment.planHash, modelVersion, ...trained };
  report({ phase: 'uploading', round, stage, fraction: 0 });
  const first = await client.contribute(round, request, signal);
  if (first.accepted) return;
  const missing = Object.entries(trained.modules).filter(([, { sha256 }]) => first.missing.includes(sha256));
  const onBytes = counter(
    missing.map(([, module]) => module),
    (fraction) => report({ phase: 'uploading', round, stage, fraction }),
  );
  for (const [name, module] of missing)
    await upload(client, store.files, module, { what: 'module', name, round }, { signal, onBytes });
  const second = await client.contribute(round, request, signal);
  if (!second.accepted) throw new FedReconError('answer-invalid', { problem: 'contribution' });
}

/** The entries of `from` with these names. */
export function pick<T>(from: Readonly<Record<string, T>>, names: readonly string[]): [string, T][] {
  return names.flatMap((name) => (from[name] ? [[name, from[name]] as [string, T]] : []));
}

/** Adds up bytes to a fraction of what is to be moved. */
function counter(blobs: readonly ModuleBlob[], report: (fraction: number) => void): (bytes: number) => void {
  const total = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
  let moved = 0;
  report(0);
  return (bytes) => {
    moved += bytes;
    report(Math.min(1, moved / total));
  };
}
