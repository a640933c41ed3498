import { FedReconError } from '../../protocol/errors.ts';
import { theWorkstation } from '../../protocol/log.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { adaptedWidening, missedShare } from '../../training/confidence/adaptive.ts';
import { misfitOf } from '../../training/confidence/misfit.ts';
import { usualThresholds } from '../../training/confidence/verdict.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile, type TensorFile } from '../store/tensor-file.ts';
import type { Arriving, Truth } from '../store/truths.ts';
import { createRouteRecords, type RouteRecords } from './route-records.ts';
import { shownLevel, shownWidth, trustOf, trustRules } from './trust.ts';

/**
 * Compares what an import measured with what was reconstructed of the same parts until then: call it before the data set
 * is activated, which forgets these reconstructions. Row by row, so that it takes no memory and lets others have their turn.
 * @param dataset not yet in use @param file SHA-256 of its tensors
 * @param unreadable told of a file of reconstructions that cannot be compared any more
 */
export async function compareWithTruth(
  store: Store,
  { plan, hash }: { plan: Plan; hash: string },
  dataset: number,
  file: string,
  unreadable: (thrown: FedReconError) => void,
): Promise<Truth[]> {
  const arriving = store.truths.arriving(dataset);
  if (arriving.length === 0) return [];
  const compare = comparison(store, plan, hash);
  const measured = await openTensorFile(store.files.path(file));
  const truths: Truth[] = [];
  try {
    for (const [made, parts] of Map.groupBy(arriving, (one) => one.file)) {
      try {
        truths.push(...(await compareFile(store.files.path(made), parts, measured, compare)));
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

async function compareFile(
  path: string,
  parts: readonly Arriving[],
  measured: TensorFile,
  compare: Compare,
): Promise<Truth[]> {
  const file = await openTensorFile(path);
  try {
    const truths: Truth[] = [];
    for (const part of parts) {
      const [truth, mean, sigma] = await Promise.all([
        measured.read(`${part.modality}/values`, part.row, 1),
        file.read('mean', part.position, 1),
        file.read('sigma', part.position, 1),
      ]);
      truths.push(await compare(part, { truth, mean, sigma }));
    }
    return truths;
  } finally {
    await file.close();
  }
}

type Compare = (
  part: Arriving,
  values: Readonly<Record<'truth' | 'mean' | 'sigma', Float32Array>>,
) => Promise<Truth>;

const unpromised = {
  ...{ route: null, expected: null, deviation: null, tolerance: null, verdict: null },
  ...{ confidence: null, missed: null, widening: null },
};

/** Compares part after part; widths go on from one to the next as if each had been on show before the next was measured. */
function comparison(store: Store, plan: Plan, planHash: string): Compare {
  const recordsOf: RouteRecords = createRouteRecords(store);
  const at = new Date().toISOString();
  const widenings = new Map<string, number>();
  return async ({ standing, file, partName, modality, modelVersion }, { truth, mean, sigma }) => {
    const entry = modalityOf(plan, modality);
    const logError = Math.log(misfitOf(entry)(truth, mean));
    const compared = { at, planHash, partName, modality, modelVersion, logError };
    const records = await recordsOf(file);
    const trust = trustOf(standing, records, trustRules(store.settings, modality));
    if (!standing || !trust) return { ...compared, ...unpromised };
    const { route, logError: expected, deviation, familiarity } = standing;
    const { tolerance, verdict, confidence } = trust;
    // Of what is like nothing known no frequency is shown, and words have no range.
    const said = { route, expected, deviation, tolerance, verdict };
    const likely = familiarity < usualThresholds.familiarity ? null : confidence;
    const width = entry.kind === 'text' ? undefined : shownWidth(standing, records);
    if (width === undefined) return { ...compared, ...unpromised, ...said, confidence: likely };
    const errors = truth.map((value, place) => Math.abs(value - mean[place]!) / sigma[place]!);
    const shown = trust.own?.widening ?? 1;
    const before = widenings.get(route) ?? shown;
    const widening = adaptedWidening(before, missedShare(errors, (width * before) / shown), shownLevel);
    widenings.set(route, widening);
    return { ...compared, ...said, confidence: likely, missed: missedShare(errors, width), widening };
  };
}

/** Keeps truths, and says in the log that they came. Call it in the transaction that activates their data set. */
export function keepTruths(store: Store, truths: readonly Truth[], file: string): void {
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
        ...{ withRange: missed.length, missed: meanOf(missed), promised: shownLevel },
        ...{ judged: judged.length, said: meanOf(judged.map((part) => part.confidence!)) },
        cameTrue: meanOf(judged.map((part) => Number(cameTrue(part)))),
      },
    });
  }
}

/** Whether a part was within the tolerance that its confidence was about. */
export function cameTrue({ logError, tolerance }: Truth): boolean {
  return tolerance !== null && logError <= Math.log(tolerance);
}

/** Null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
