import { documentHash } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import type { ModelManifest, ModuleBlob } from '../../protocol/messages.ts';
import { theWorkstation } from '../log/entries.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { Store } from '../store/store.ts';
import type { AggregatorClient } from './aggregator-client.ts';
import { byteMeter } from './byte-meter.ts';
import { download } from './transfers.ts';

/** Client to fetch from, and stores to keep what was fetched in. */
interface Fetching {
  readonly store: Store;
  readonly client: AggregatorClient;
}

/** Manifest of a model version, fetched once. @throws FedReconError `plan-changed` if it is of another plan */
export async function knownModel(
  { store, client, enrolment }: Fetching & { readonly enrolment: Enrolment },
  version: number,
  abort?: AbortSignal,
): Promise<ModelManifest> {
  const known = store.models.get(version);
  if (known) return known.manifest;
  const manifest = await client.model(version, abort);
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

/**
 * Fetches the modules that are not here yet.
 * @param round that they are counted for
 * @param report told the fraction that is here
 */
export async function downloadModules(
  { store, client }: Fetching,
  modules: readonly (readonly [string, ModuleBlob])[],
  round: number,
  abort: AbortSignal,
  report: (fraction: number) => void,
): Promise<void> {
  const missing: [string, ModuleBlob][] = [];
  for (const [name, blob] of modules) if (!(await store.files.has(blob.sha256))) missing.push([name, blob]);
  const onBytes = byteMeter(
    missing.map(([, blob]) => blob),
    report,
  );
  for (const [name, blob] of missing)
    await download(client, store.files, blob, { what: 'module', name, round }, { abort, onBytes });
}

/** The entries of `from` with these names. */
export function pick<T>(from: Readonly<Record<string, T>>, names: readonly string[]): [string, T][] {
  return names.flatMap((name) => (from[name] ? [[name, from[name]] as [string, T]] : []));
}
