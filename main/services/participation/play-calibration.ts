import type { CalibrationState } from '../../../protocol/calibration/calibration-messages.ts';
import type { CalibrationPass } from '../../../protocol/calibration/lengths.ts';
import { canMeasure, parseRoute } from '../../../protocol/calibration/routes.ts';
import { type ErrorCode, FedReconError } from '../../../protocol/errors.ts';
import type { RoundState } from '../../../protocol/messages.ts';
import { assessingModules } from '../../../protocol/serving.ts';
import { theWorkstation } from '../../log/entries.ts';
import type { FinishedCalibration, MadeSums } from '../../store/calibrations.ts';
import { downloadModules, knownModel, pick } from '../../sync/fetch-model.ts';
import { sendContribution } from '../../sync/send-contribution.ts';
import { download } from '../../sync/transfers.ts';
import type { Exchange } from './exchange.ts';
import { makeSums } from './round-work.ts';

/** Refusals that mean that the pass, or the whole calibration, went on without this plant. */
const tooLate = new Set<ErrorCode>(['calibration-closed', 'calibration-unknown']);

/**
 * Plays this plant's part in the newest calibration: sends its sums where it has the truth, and fetches the sums of all
 * plants once it is finished, also where this plant has none to send.
 * @returns false when there is nothing to do but wait
 */
export async function playCalibration(
  exchange: Exchange,
  { calibration: announced, round }: RoundState,
  abort: AbortSignal,
): Promise<boolean> {
  const { client, store, enrolment } = exchange;
  if (!announced || store.calibrations.of(announced.modelVersion)?.number === announced.number) return false;
  try {
    const calibration = await client.calibration(announced.number, abort);
    const { pass, contributed } = calibration;
    if (pass === null) {
      await knownModel(exchange, calibration.modelVersion, abort);
      await fetchSums(exchange, calibration, round, abort);
      const { number, modelVersion } = calibration;
      const sums = calibration.sums as FinishedCalibration['sums'];
      store.calibrations.finish({ number, modelVersion, sums });
      return true;
    }
    const own = calibration.routes.filter((route) => canMeasure(enrolment.has, parseRoute(route)));
    if (contributed || own.length === 0) return false;
    await say(exchange, { ...calibration, pass, routes: own }, round, abort);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || !tooLate.has(thrown.code)) throw thrown;
    return false;
  }
}

type OpenCalibration = CalibrationState & { readonly pass: CalibrationPass };

async function say(
  exchange: Exchange,
  calibration: OpenCalibration,
  round: number,
  abort: AbortSignal,
): Promise<void> {
  const { client, store, enrolment, job } = exchange;
  const { number, pass } = calibration;
  const { sums, numbers, parts } =
    store.calibrations.made(number, pass) ?? (await make(exchange, calibration, round, abort));
  const request = { planHash: enrolment.planHash, sums };
  const contribution = {
    offer: () => client.contributeSums(number, pass, request, abort),
    blobs: sums
      ? [
          {
            blob: sums,
            label: { what: 'calibration', name: `${pass} ${numbers} ${parts}`, round } as const,
          },
        ]
      : [],
    name: 'calibration',
  };
  await sendContribution(client, store.files, contribution, abort, (fraction) =>
    job.update({ phase: 'uploading', fraction }),
  );
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
  exchange: Exchange,
  calibration: OpenCalibration,
  round: number,
  abort: AbortSignal,
): Promise<MadeSums> {
  const { store, enrolment } = exchange;
  const { modelVersion, pass, routes } = calibration;
  const manifest = await knownModel(exchange, modelVersion, abort);
  const needed = routes.flatMap((route) => assessingModules(enrolment.plan, parseRoute(route)));
  const modules = pick(manifest.serving, [...new Set(needed)]);
  await downloadModules(exchange, modules, round, abort, (fraction) =>
    exchange.job.update({ phase: 'downloading', fraction }),
  );
  await fetchSums(exchange, calibration, round, abort);
  const result = await makeSums(
    exchange.context,
    {
      ...{ manifest, pass, routes },
      modules: store.files.paths(modules),
      sums: store.files.paths(Object.entries(calibration.sums)),
    },
    abort,
  );
  const sums = result.sums === null ? null : await store.files.adopt(result.sums);
  const made: MadeSums = { sums, numbers: result.numbers, parts: result.parts };
  store.calibrations.keep(calibration, pass, made);
  return made;
}

/** Fetches the sums of all plants for the passes that are over. */
async function fetchSums(
  { client, store }: Exchange,
  { sums }: CalibrationState,
  round: number,
  abort: AbortSignal,
): Promise<void> {
  for (const [pass, blob] of Object.entries(sums))
    await download(client, store.files, blob, { what: 'calibration', name: pass, round }, { abort });
}
