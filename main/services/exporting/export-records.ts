import { FedReconError } from '../../../protocol/errors.ts';
import type { TrustView } from '../../api/views.ts';
import type { HeldDecision } from '../../store/decisions.ts';
import type { Reconstruction } from '../../store/reconstructions.ts';
import type { Store } from '../../store/store.ts';
import { createRouteRecords } from '../route-records.ts';
import { shownWidth, trustOf, trustRules } from '../trust-service.ts';

/** Reconstruction that is exported, with the decision on this very one, if there is one. */
export interface ExportRecord {
  readonly name: string;
  readonly found: Reconstruction;
  /** Confidence as in the window: a counted frequency where its route is calibrated, else provisional. */
  readonly confidence: number;
  readonly confidenceIs: 'calibrated' | 'provisional';
  /** Only where it is calibrated. */
  readonly verdict: TrustView['verdict'] | undefined;
  /** Half width of its intervals in deviations; undefined where too few parts calibrate them. */
  readonly width: number | undefined;
  readonly decision: HeldDecision | undefined;
}

/**
 * Reconstructions of a modality to export: the parts that were chosen, or all that were decided on.
 * @throws FedReconError `part-unknown`
 */
export async function recordsOf(
  store: Store,
  modality: string,
  parts: readonly number[] | undefined,
): Promise<ExportRecord[]> {
  const chosen = parts
    ? parts.map((part) => decidedOf(store, part, modality))
    : store.reconstructions
        .queue(modality)
        .filter(({ decision }) => decision !== null)
        .map(({ part }) => decidedOf(store, part, modality))
        .filter(({ decision }) => decision !== undefined);
  const rules = trustRules(store.settings, modality);
  const routesOf = createRouteRecords(store);
  const records: ExportRecord[] = [];
  for (const [file, inFile] of Map.groupBy(chosen, ({ found }) => found.file)) {
    const routes = await routesOf(file);
    for (const record of inFile) {
      const { assessment, confidence } = record.found;
      const trust = trustOf(assessment, routes, rules);
      records.push({
        ...record,
        confidence: trust?.confidence ?? confidence,
        confidenceIs: trust ? 'calibrated' : 'provisional',
        verdict: trust?.verdict,
        width: shownWidth(assessment, routes),
      });
    }
  }
  return records;
}

function decidedOf(
  store: Store,
  part: number,
  modality: string,
): Pick<ExportRecord, 'name' | 'found' | 'decision'> {
  const found = store.reconstructions.get(part, modality);
  const known = store.parts.get(part);
  if (!found || !known) throw new FedReconError('part-unknown', { part, modality });
  const held = store.decisions.latest(known.name, modality);
  // Who accepted what an older model made did not accept this.
  const decision = held?.modelVersion === found.modelVersion ? held : undefined;
  return { name: known.name, found, decision };
}
