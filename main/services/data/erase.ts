import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deletion } from '../../store/parts.ts';
import { inTurns } from '../../store/slices.ts';
import type { Store } from '../../store/store.ts';
import { clearRows } from '../../store/tensor-file.ts';

/** A file that takes an import's place once values were erased from it. */
interface ErasedFile {
  readonly import: number;
  readonly before: string;
  /** Undefined where nothing of the import is left. */
  readonly after: string | undefined;
}

/** Copies the files of imports without what is to be deleted; nothing is changed before they are put in place. */
export async function erasedFiles(store: Store, deletion: Deletion): Promise<ErasedFile[]> {
  const files: ErasedFile[] = [];
  const byImport = Map.groupBy(await inTurns(store.parts.erased(deletion)), (one) => one.import);
  for (const [id, own] of byImport) {
    const { file, left } = own[0]!;
    if (left === 0) {
      files.push({ import: id, before: file, after: undefined });
      continue;
    }
    const copy = join(await store.files.scratch(), 'dataset.safetensors');
    await copyFile(store.files.path(file), copy);
    for (const { modality, rows } of own)
      await clearRows(copy, (name) => name === `${modality}/values` || name === `${modality}/present`, rows);
    files.push({ import: id, before: file, after: (await store.files.adopt(copy)).sha256 });
  }
  return files;
}
