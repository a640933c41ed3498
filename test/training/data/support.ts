import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import { onTestFinished } from 'vitest';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { decodeTensors } from '../../../protocol/safetensors.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import {
  type ImportedFiles,
  type ImportHooks,
  type ImportRequest,
  importParts,
} from '../../../training/data/import.ts';
import { type PartsFile, readPartsFile } from '../../../training/data/parts-file.ts';

/** Small plan: an image of 8 × 8, three values in mm, a note. */
export const plan: Plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Import tests',
  modalities: [
    {
      name: 'camera',
      label: { en: 'Camera', ja: 'カメラ' },
      kind: 'image',
      width: 8,
      height: 8,
      channels: 1,
      hidden: [8],
    },
    {
      name: 'gauge',
      label: { en: 'Gauge', ja: '測定器' },
      kind: 'signal',
      length: 3,
      unit: 'mm',
      range: [0, 10],
      hidden: [8],
    },
    { name: 'note', label: { en: 'Note', ja: '所見' }, kind: 'text', buckets: 64, hidden: [8] },
  ],
  mapping: { hidden: [8] },
  stages: [{ stage: 'generators', rounds: 1 }],
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fedrecon-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a folder with these files; texts are written as UTF-8. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** A grey PNG of one brightness. */
export function greyPng(value: number, width = 8, height = 8): Uint8Array {
  return encode({ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height).fill(value) });
}

export interface Imported extends PartsFile {
  readonly result: ImportedFiles;
  readonly tensors: HostTensors;
}

/** Imports a folder's `parts.csv`; columns as guessed unless they are given. */
export async function importFolder(
  folder: string,
  columns: Readonly<Record<string, string>> = {},
  hooks: Partial<ImportHooks> &
    Partial<
      Pick<
        ImportRequest,
        'output' | 'plan' | 'manifest' | 'reading' | 'pictures' | 'pictureCache' | 'removes'
      >
    > = {},
): Promise<Imported> {
  const request = {
    plan: hooks.plan ?? plan,
    folder,
    manifest: hooks.manifest ?? 'parts.csv',
    columns: { ...columns },
    reading: hooks.reading,
    output: hooks.output ?? join(temporaryFolder(), 'out'),
    ...(hooks.pictures && { pictures: hooks.pictures }),
    removes: hooks.removes,
    pictureCache: hooks.pictureCache,
  };
  const abort = hooks.abort ?? new AbortController().signal;
  const result = await importParts(request, { progress: hooks.progress ?? (() => undefined), abort });
  const parts = await readPartsFile(result.parts);
  return { ...parts, result, tensors: decodeTensors(readFileSync(result.dataset)).tensors };
}

/** Row `part` of a modality's values. */
export function valuesOf({ tensors }: Imported, modality: string, part: number): number[] {
  const { shape, data } = tensors[`${modality}/values`]!;
  return Array.from(data.subarray(part * shape[1]!, (part + 1) * shape[1]!));
}

/** Presence of a modality in each part: `[1, 0, …]`. */
export function presentOf({ tensors }: Imported, modality: string): number[] {
  return Array.from(tensors[`${modality}/present`]!.data);
}

/** Code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? thrown.code : thrown),
  );
}
