import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { FedReconError } from '../../protocol/errors.ts';
import type { Plan } from '../../protocol/plan.ts';
import { openManifestFolder } from '../cells/folder.ts';
import { openPictureCache } from '../cells/images/picture-cache.ts';
import { recordingNotes } from '../cells/recording-notes.ts';
import { openDatasetWriter } from './dataset.ts';
import { changedSince } from './file-stamps.ts';
import { findManifest } from './manifest/manifest.ts';
import type { ReadingSettings } from './manifest/reading-settings.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { mapInOrder } from './map-in-order.ts';
import { type EncodedPart, encodePart, identify, leftOut, readPart } from './part.ts';
import { openPartTable } from './part-table.ts';
import { type KnownPictures, lookAtPictures, type UnderstoodPictures } from './picture-looks.ts';
import { asProblem, type ImportProblem, inTable, placeInWords } from './problems.ts';
import { rowDigest, seenParts } from './seen-parts.ts';
import { tableStamps } from './table-stamps.ts';
import { isWaiting } from './waiting.ts';

/** Request to import a folder. */
export interface ImportRequest {
  readonly plan: Plan;
  readonly folder: string;
  readonly manifest: string;
  /** Roles of the manifest's columns by name; if empty, the roles that the preview guesses. */
  readonly columns: Readonly<Record<string, string>>;
  /** What the preview that a person saw was made of, as that says it: nothing else is then imported. */
  readonly content?: string | undefined;
  readonly pictures?: KnownPictures;
  /** Folder of pictures that were decoded before; without one nothing is kept. */
  readonly pictureCache?: string | undefined;
  /** What a person has said of how the table is to be read; the rest is found. */
  readonly reading?: ReadingSettings | undefined;
  /** Modalities of which an empty or unreadable cell removes what stands: for them an import may consist of removals alone. */
  readonly removes?: readonly string[] | undefined;
  /** Files of the folder, relative to it with slashes, that are still being written: a cell that names one is listed. */
  readonly unfinished?: readonly string[] | undefined;
  /** Folder for `dataset.safetensors` and the parts file. */
  readonly output: string;
}

/** Progress of an import. */
interface ImportProgress {
  readonly phase: 'reading' | 'writing';
  /** Share of the whole import that is done, 0…1. */
  readonly fraction: number;
  readonly samplesPerSecond?: number;
  readonly remainingSeconds?: number;
}

/** Files of an import, and how many rows were used and how many problems listed. */
export interface ImportedFiles {
  readonly dataset: string;
  /** See `readPartsFile`. */
  readonly parts: string;
  /** Rows that were read, and those of them that hold a part. */
  readonly rows: number;
  readonly accepted: number;
  readonly problems: number;
  /** How the pictures of each modality were understood. */
  readonly pictures: readonly UnderstoodPictures[];
}

export interface ImportHooks {
  progress(progress: ImportProgress): void;
  /** Signal that stops the import: `importParts` then throws its reason and leaves nothing behind. */
  readonly abort: AbortSignal;
}

/** Result of reading a row: a part, or the reason why it is left out. */
type ImportedRow =
  | { readonly part: EncodedPart; readonly digest: string }
  | { readonly problem: ImportProblem; readonly isNoRow?: true };

/** Milliseconds between two messages of progress; the event loop turns as often, so a stop is heard. */
const beat = 100;
/** Milliseconds between two looks at the clock that are shorter than needed, and rows between two looks, at most. */
const [quick, longestStride] = [1, 64];

/**
 * Imports a folder with a CSV manifest: writes `dataset.safetensors` and the parts file into `request.output`.
 *
 * A row is left out and listed when it cannot be read, repeats an id or holds nothing usable; a cell that
 * is wrong is listed and its modality counts as missing; nothing of this stops the import. Without
 * `request.columns` the roles that the preview guesses are used. Memory does not grow with the number of rows,
 * but for their ids.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`, `manifest-encoding`,
 *   `manifest-empty`, `column-missing`, `column-role`, `column-twice`, `signal-count`, `signal-columns`, `columns-unusable`,
 *   `number-unclear`, `number-mixed`, `unit-other`, `id-unconfirmed`, `file-unreadable`, `table-changed`, `files-changed`, `disk-full`;
 *   `parts-none` where no row could be used, unless some is to remove what stands (the parts file then lists why)
 */
export async function importParts(
  request: ImportRequest,
  { progress, abort }: ImportHooks,
): Promise<ImportedFiles> {
  abort.throwIfAborted();
  const { plan } = request;
  const folder = await openManifestFolder(request.folder, request.unfinished);
  const path = await findManifest(folder.path, request.manifest, request.reading);
  const changedTable = await tableStamps(path);
  const { manifest, source } = await openPartTable(plan, folder.path, { ...request, manifest: path });
  const otherwise =
    request.content === undefined
      ? undefined
      : // A preview knows nothing of what is still being written.
        await changedSince(request.content, manifest, await openManifestFolder(request.folder));
  if (otherwise !== undefined)
    throw new FedReconError(otherwise === 'table' ? 'table-changed' : 'files-changed', {
      manifest: basename(manifest.path),
    });
  const { looks, understood, notices } = await lookAtPictures(
    manifest.rows(),
    source.binding,
    folder,
    { columns: manifest.columns, header: manifest.found.header?.value || 1 },
    request.pictures ?? {},
  );
  const cache = request.pictureCache;
  const recordings = recordingNotes();
  const context = { folder, nothing: manifest.nothing, pictures: { looks, cache }, recordings };
  const pace = pacer((await stat(manifest.path)).size, progress);

  function readRow(row: ManifestRow): ImportedRow | Promise<ImportedRow> {
    if ('problem' in row) return row;
    const part = identify(source, row, context);
    if ('problem' in part) return part;
    const digest = rowDigest(row);
    const readings = readPart(source, part.id, row, context);
    const encoded = isWaiting(readings)
      ? readings.then((read) => encodePart(source, read))
      : encodePart(source, readings);
    return isWaiting(encoded) ? encoded.then((own) => ({ part: own, digest })) : { part: encoded, digest };
  }

  const writer = await openDatasetWriter(
    plan,
    request.output,
    source.binding.modalities.map(({ modality }) => modality.name),
  );
  const removable = source.binding.modalities
    .map(({ modality }) => modality.name)
    .filter((name) => request.removes?.includes(name));
  const seen = seenParts();
  let rows = 0;
  let firstProblem: ImportProblem | undefined;
  let removals = 0;
  const list = (entry: ImportProblem) => {
    firstProblem ??= entry;
    return writer.problem(entry);
  };

  async function takeWithProblems(part: EncodedPart, refusal: ImportProblem | undefined): Promise<void> {
    for (const entry of part.problems) await list(entry);
    if (!refusal) return writer.append(part);
    const removes = refusal.code === 'part-empty' && removable.length > 0;
    await list(removes ? removal(part, removable) : refusal);
    if (refusal.code !== 'part-empty') return;
    if (removes) removals++;
    await writer.emptied(part);
  }

  function take(result: ImportedRow): Promise<void> | undefined {
    if ('isNoRow' in result) return writer.problem(result.problem);
    if ('problem' in result) return list(result.problem);
    const { part, digest } = result;
    const refusal = leftOut(part, part.values, digest, seen);
    if (refusal === 'same') return undefined;
    return refusal || part.problems.length > 0 ? takeWithProblems(part, refusal) : writer.append(part);
  }

  try {
    for (const notice of notices) await writer.problem(notice);
    await mapInOrder(manifest.blocks(pace.bytes), availableParallelism() * 2, readRow, (result) => {
      abort.throwIfAborted();
      const taking = take(result);
      if (!('isNoRow' in result)) rows++;
      const turning = pace.row(rows);
      return taking && turning ? taking.then(() => turning) : (taking ?? turning);
    });
    if (rows === 0) throw new FedReconError('manifest-empty', { manifest: request.manifest });
    abort.throwIfAborted();
    const changed = await changedTable();
    if (changed !== undefined) throw new FedReconError('table-changed', { manifest: changed });
    for (const { column, error } of recordings.notes()) await writer.problem(asProblem(1, column, error));
    progress({ phase: 'writing', fraction: 0.99 });
    const { dataset, parts, accepted, problems } = await writer.finish(removals > 0);
    if (accepted === 0 && removals === 0 && firstProblem) {
      const { row, column } = firstProblem;
      throw new FedReconError('parts-none', {
        ...{ rows, row, column, list: parts },
        ...placeInWords(firstProblem),
      });
    }
    return { dataset, parts, rows, accepted, problems, pictures: understood };
  } catch (thrown) {
    await writer.discard();
    throw thrown;
  } finally {
    if (cache !== undefined) await openPictureCache(cache).trim();
  }
}

/** What is said of a row that measures nothing, where that takes away what is here of its part. */
function removal({ id, row, table }: EncodedPart, modalities: readonly string[]): ImportProblem {
  return inTable(
    { row, column: '', code: 'part-emptied', detail: { id, modalities: modalities.join(', ') } },
    table,
  );
}

/** Reports progress by the share of the manifest that was read, and lets the event loop turn. */
function pacer(
  totalBytes: number,
  report: ImportHooks['progress'],
): { bytes(count: number): void; row(rows: number): Promise<void> | undefined } {
  const start = performance.now();
  let last = start;
  let read = 0;
  // Rows of numbers alone take less time than the clock: it is looked at after so many of them.
  let looked = start;
  let stride = 1;
  let left = 0;
  return {
    bytes(count) {
      read += count;
    },
    row(rows) {
      if (left-- > 0) return undefined;
      const now = performance.now();
      stride = now - looked < quick ? Math.min(2 * stride, longestStride) : 1;
      looked = now;
      left = stride - 1;
      if (now - last < beat) return undefined;
      last = now;
      const seconds = (now - start) / 1000;
      const fraction = Math.min(0.98, read / totalBytes);
      report({
        phase: 'reading',
        fraction,
        samplesPerSecond: rows / seconds,
        remainingSeconds: (seconds * (1 - fraction)) / fraction,
      });
      return turn();
    },
  };
}
