import { relative } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { inTurns } from '../store/slices.ts';
import type { Store } from '../store/store.ts';

/** The data as the training process reads them. */
export interface DataInUse {
  /** One file, that says where every value lies. */
  readonly datasets: string[];
  /** The part in each row. */
  readonly parts: readonly number[];
}

/** All that is measured here now; written down once for the data as they are. @throws FedReconError `no-data`, `disk-full` */
export async function dataInUse({ parts, files }: Pick<Store, 'parts' | 'files'>): Promise<DataInUse> {
  const state = parts.counts();
  if (state.parts === 0) throw new FedReconError('no-data');
  const rows = await inTurns(parts.rows());
  const known = parts.viewFile();
  if (known !== undefined) return { datasets: [files.path(known)], parts: rows };
  const anywhere = files.path('0'.repeat(64));
  const view = await inTurns(
    parts.view((sha256) => relative(`${anywhere}/..`, files.path(sha256)).replaceAll('\\', '/')),
  );
  const { sha256 } = await files.put(new TextEncoder().encode(JSON.stringify(view)));
  // Data that changed meanwhile have another view.
  if (parts.counts() === state) parts.keepViewFile(sha256);
  return { datasets: [files.path(sha256)], parts: rows };
}
