import type { CalibrationState } from '../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute } from '../../protocol/calibration/routes.ts';
import { type ErrorCode, FedReconError } from '../../protocol/errors.ts';
import type { ModelManifest, RoundState } from '../../protocol/messages.ts';
import { assessingModules } from '../../protocol/serving.ts';
import type { CalibrateResult } from '../../training/process/messages.ts';
import { theWorkstation } from '../log/entries.ts';
import type { FinishedCalibration, MadeSums } from '../store/calibrations.ts';
import { downloadModules, knownModel, pick, type RoundContext } from './play-round.ts';
import { download, upload } from './transfers.ts';

/** What sums are made of; files by module and, of all plants, by pass. */
export interface CalibrationOrder {
  readonly manifest: ModelManifest;
  readonly pass: CalibrationPass;
  readonly routes: readonly string[];
  readonly modules: Readonly<Record<string, string>>;
  readonly sums: Readonly<Partial<Record<CalibrationPass, string>>>;
}

export interface CalibrationContext extends Omit<RoundContext, 'train'> {
  /** Makes this plant's sums in the training process; resolves to a file that may be moved away. */
  readonly makeSums: (order: CalibrationOrder, signal: AbortSignal) => Promise<CalibrateResult>;
}

/** The pass, or the whole calibration, went on without this plant. */
const tooLate = new Set<ErrorCode>(['calibration-closed', 'calibration-unknown']);

/**
 * Plays this plant's part in the newest calibration: says its sums where it has the truth, and fetches what all plants said
 * once that is finished, also where it has nothing to say.
 * @returns false when there is nothing to do but wait
 */
export async function playCalibration(
  context: CalibrationContext,
  { calibration: announced, round }: RoundState,
  signal: AbortSignal,
): Promise<boolean> {
  const { client, store, enrolment } = context;
  if (!announced || store.calibrations.of(announced.modelVersion)?.number === announced.number) return false;
  try {
    const calibration = await client.calibration(announced.number, signal);
    const { pass, contributed } = calibration;
    if (pass === null) {
      await knownModel(context, calibration.modelVersion, signal);
      await fetchSums(context, calibration, round, signal);
      const { number, modelVersion } = calibration;
      const sums = calibration.sums as FinishedCalibration['sums'];
      store.calibrations.finish({ number, modelVersion, sums });
      return true;
    }
    const own = calibration.routes.filter((route) => canMeasure(enrolment.has, parseRoute(route)));
    if (contributed || own.length === 0) return false;
    await say(context, { ...calibration, pass, routes: own }, round, signal);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || !tooLate.has(thrown.code)) throw thrown;
    return false;
  }
}

type OpenCalibration = CalibrationState & { readonly pass: CalibrationPass };

async function say(
  context: CalibrationContext,
  calibration: OpenCalibration,
  round: number,
  signal: AbortSignal,
): Promise<void> {
  const { client, store, enrolment, report } = context;
  const { number, pass } = calibration;
  const { sums, numbers, parts } =
    store.calibrations.made(number, pass) ?? (await make(context, calibration, round, signal));
  const request = { planHash: enrolment.planHash, sums };
  const answer = await client.contributeSums(number, pass, request, signal);
  if (!answer.accepted && sums) {
    report({ phase: 'uploading', fraction: 0 });
    const subject = { what: 'calibration', name: `${pass} ${numbers} ${parts}`, round } as const;
    await upload(client, store.files, sums, subject, { signal });
    const second = await client.contributeSums(number, pass, request, signal);
    if (!second.accepted) throw new FedReconError('answer-invalid', { problem: 'calibration' });
  }
  if (sums)
    store.log.append({
      action: 'calibration.sent',
      actor: theWorkstation,
      object: sums.sha256,
      detail: { calibration: number, modelVersion: calibration.modelVersion, pass, numbers, parts },
    });
}

/** Makes this plant's sums and writes them down, so that they are not made again after a restart. */
async function make(
  context: CalibrationContext,
  calibration: OpenCalibration,
  round: number,
  signal: AbortSignal,
): Promise<MadeSums> {
  const { store, enrolment } = context;
  const { modelVersion, pass, routes } = calibration;
  const manifest = await knownModel(context, modelVersion, signal);
  const needed = routes.flatMap((route) => assessingModules(enrolment.plan, parseRoute(route)));
  const modules = pick(manifest.serving, [...new Set(needed)]);
  await downloadModules(context, modules, round, signal, (fraction) =>
    context.report({ phase: 'downloading', fraction }),
  );
  await fetchSums(context, calibration, round, signal);
  const result = await context.makeSums(
    {
      ...{ manifest, pass, routes },
      modules: store.files.paths(modules),
      sums: store.files.paths(Object.entries(calibration.sums)),
    },
    signal,
  );
  const sums = result.sums === null ? null : await store.files.adopt(result.sums);
  const made: MadeSums = { sums, numbers: result.numbers, parts: result.parts };
  store.calibrations.keep(calibration, pass, made);
  return made;
}

/** Fetches what all plants said in the passes that are over. */
async function fetchSums(
  { client, store }: CalibrationContext,
  { sums }: CalibrationState,
  round: number,
  signal: AbortSignal,
): Promise<void> {
  for (const [pass, blob] of Object.entries(sums))
    await download(client, store.files, blob, { what: 'calibration', name: pass, round }, { signal });
}
