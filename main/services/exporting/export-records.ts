import type { TrustView } from '../../api/views.ts';
import type { Standing } from '../../store/decisions.ts';
import type { Reconstruction } from '../../store/reconstructions.ts';
import type { Store } from '../../store/store.ts';
import { planInUse } from '../context.ts';
import { partUnknown } from '../part-unknown.ts';
import { createRouteRecords } from '../route-records.ts';
import { shownWidth, trustOf, trustRules } from '../trust-service.ts';

/** Reconstruction that is exported, with the decision on this very one, if there is one, or on the one before it. */
export interface ExportRecord extends Standing {
  readonly name: string;
  readonly found: Reconstruction;
  /** Confidence as in the window: a counted frequency where its route is calibrated, else provisional. */
  readonly confidence: number;
  readonly confidenceIs: 'calibrated' | 'provisional';
  /** Only where it is calibrated. */
  readonly verdict: TrustView['verdict'] | undefined;
  /** Half width of its intervals in deviations; undefined where too few parts calibrate them. */
  readonly width: number | undefined;
}

/** Parts that are looked up before others have their turn. */
const lookedUpAtOnce = 100;

/**
 * Reconstructions of a modality to export: the parts that were chosen, or all that were decided on.
 * @throws FedReconError `part-unknown`
 */
export async function recordsOf(
  store: Store,
  modality: string,
  parts: readonly number[] | undefined,
): Promise<ExportRecord[]> {
  const chosen: (Standing & Pick<ExportRecord, 'name' | 'found'>)[] = [];
  for (const [place, part] of (parts ?? store.reconstructions.decided(modality)).entries()) {
    if (place % lookedUpAtOnce === lookedUpAtOnce - 1) await new Promise(setImmediate);
    const found = store.reconstructions.get(part, modality);
    const known = store.parts.get(part);
    if (!found || !known) throw partUnknown(planInUse(store).plan, part, modality);
    // Who accepted what was here before did not accept this.
    chosen.push({
      name: known.name,
      found,
      ...store.decisions.standing(known.name, modality, found.fingerprint),
    });
  }
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
