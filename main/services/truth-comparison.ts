import { FedReconError } from '../../protocol/errors.ts';
import { hasIntervals } from '../../protocol/kinds/index.ts';
import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import { type AdaptedRecord, adaptedWidening, missedShare } from '../../training/confidence/adaptive.ts';
import { trainingKind } from '../../training/kinds/index.ts';
import { mean } from '../../training/measures/statistics.ts';
import { shownLevel } from '../api/shown-level.ts';
import { theWorkstation } from '../log/entries.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile, type TensorFile } from '../store/tensor-file.ts';
import type { ArrivedTruth, Arriving } from '../store/truths.ts';
import { createRouteRecords } from './route-records.ts';
import { shownWidth, type TrustRules, trustOf, trustRules } from './trust-service.ts';

/**
 * Compares the measurements of an import with the reconstructions of the same parts until then: call it before the
 * import is put into use, which forgets these reconstructions. It goes row by row, so that it takes no memory and lets others
 * have their turn.
 * @param arriving import that is not yet in use @param file SHA-256 of its tensors
 * @param unreadable told of a file of reconstructions that cannot be compared any more
 */
export async function compareWithTruth(
  store: Store,
  { plan, hash }: { plan: Plan; hash: string },
  arriving: number,
  file: string,
  unreadable: (thrown: FedReconError) => void,
): Promise<ArrivedTruth[]> {
  const waiting = store.truths.arriving(arriving);
  if (waiting.length === 0) return [];
  const measured = await openTensorFile(store.files.path(file));
  const truths: ArrivedTruth[] = [];
  try {
    for (const [made, parts] of Map.groupBy(waiting, (one) => one.file)) {
      try {
        const onShow = await shownOf(store, plan, parts[0]!);
        for (const truth of await compareFile(store.files.path(made), parts, measured, onShow))
          truths.push({ ...truth, planHash: hash, import: arriving });
      } catch (thrown) {
        // What was measured is taken in all the same.
        if (!(thrown instanceof FedReconError)) throw thrown;
        unreadable(thrown);
      }
    }
  } finally {
    await measured.close();
  }
  return truths;
}

/** Modality, records and rules that all reconstructions of a file are judged by. */
interface Shown {
  readonly modality: Modality;
  readonly records: ReadonlyMap<string, AdaptedRecord>;
  readonly rules: TrustRules;
}

async function shownOf(store: Store, plan: Plan, { file, modality }: Arriving): Promise<Shown> {
  return {
    modality: modalityOf(plan, modality),
    records: await createRouteRecords(store)(file),
    rules: trustRules(store.settings, modality),
  };
}

type Compared = Omit<ArrivedTruth, 'planHash' | 'import'>;

async function compareFile(
  path: string,
  parts: readonly Arriving[],
  measured: TensorFile,
  shown: Shown,
): Promise<Compared[]> {
  const at = new Date().toISOString();
  const { misfit } = trainingKind(shown.modality);
  const widenings = new Map<string, number>();
  const made = await openTensorFile(path);
  try {
    const truths: Compared[] = [];
    for (const part of parts) {
      const { partName, modality, modelVersion } = part;
      const [truth, mean, sigma] = await Promise.all([
        measured.read(`${modality}/values`, part.row, 1),
        made.read('mean', part.position, 1),
        made.read('sigma', part.position, 1),
      ]);
      const errors = truth.map((value, place) => Math.abs(value - mean[place]!) / sigma[place]!);
      const logError = Math.log(misfit(truth, mean));
      const kept = keptOf(part, errors, shown, widenings);
      truths.push({ at, partName, modality, modelVersion, logError, ...kept });
    }
    return truths;
  } finally {
    await made.close();
  }
}

const unpromised = {
  ...{ route: null, expected: null, deviation: null, tolerance: null, verdict: null },
  ...{ confidence: null, missed: null, widening: null },
};

/**
 * Promises made for a part, and the share of values outside its range.
 * @param errors of each value, in its deviations
 * @param widenings by route, of the parts before: widths go on as if each part had been on show before the next was
 * measured
 */
function keptOf(
  { assessment }: Arriving,
  errors: Float32Array,
  { modality, records, rules }: Shown,
  widenings: Map<string, number>,
): Omit<Compared, 'at' | 'partName' | 'modality' | 'modelVersion' | 'logError'> {
  const trust = trustOf(assessment, records, rules);
  if (!assessment || !trust) return unpromised;
  const { route, logError: expected, deviation } = assessment;
  // Of what is like nothing known no frequency is shown, and words have no range.
  const confidence = trust.isUnfamiliar ? null : trust.confidence;
  const said = { route, expected, deviation, tolerance: trust.tolerance, verdict: trust.verdict, confidence };
  const width = hasIntervals(modality) ? shownWidth(assessment, records) : undefined;
  if (width === undefined) return { ...unpromised, ...said };
  const shown = trust.own?.widening ?? 1;
  const before = widenings.get(route) ?? shown;
  const widening = adaptedWidening(before, missedShare(errors, (width * before) / shown), shownLevel);
  widenings.set(route, widening);
  return { ...said, missed: missedShare(errors, width), widening };
}

/** Stores truths, and writes into the log that they came. Call it in the transaction that puts their import into use. */
export function keepTruths(store: Store, truths: readonly ArrivedTruth[], file: string): void {
  store.truths.add(truths);
  for (const [modality, parts] of Map.groupBy(truths, (truth) => truth.modality)) {
    const missed = parts.flatMap((part) => part.missed ?? []);
    const judged = parts.filter(({ confidence }) => confidence !== null);
    store.log.append({
      action: 'truth.arrived',
      actor: theWorkstation,
      object: file,
      detail: {
        ...{ modality, parts: parts.length, models: [...new Set(parts.map((part) => part.modelVersion))] },
        ...{ withRange: missed.length, missed: meanOrNull(missed), promised: shownLevel },
        ...{ judged: judged.length, said: meanOrNull(judged.map((part) => part.confidence!)) },
        cameTrue: meanOrNull(judged.map((part) => Number(cameTrue(part)))),
      },
    });
  }
}

/** True if a part was within the tolerance that its confidence was about. */
export function cameTrue({ logError, tolerance }: ArrivedTruth): boolean {
  return tolerance !== null && logError <= Math.log(tolerance);
}

/** Mean of the values; null where there are none. */
function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
