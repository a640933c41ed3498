import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { PresetName } from '../../protocol/kinds/preset-numbers.ts';
import { type Plan, parsePlan } from '../../protocol/plan.ts';
import { type ManifestFolder, openManifestFolder } from '../cells/folder.ts';
import { decodeImage } from '../cells/images/decode.ts';
import type { Raster } from '../cells/images/raster.ts';
import { isMissing, parseNumber, splitNumbers } from '../cells/numbers.ts';
import { findManifest, type Manifest, openManifest } from '../data/manifest/manifest.ts';
import { quantile } from '../measures/statistics.ts';
import { type ColumnMeasurement, understandColumns } from './columns.ts';

/** A plan made from a folder alone, and what its columns are in it (`columns.ts` of `training/data`). */
export interface StandardPlan {
  readonly plan: Plan;
  readonly manifest: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** Rows that are read to understand the columns and the ranges. */
const rowsLooked = 2000;
const imagesLooked = 12;
/** The longer side of a picture in a standard plan; smaller ones keep their size. */
const largestSide = 64;
const smallestSide = 8;
/** The schedule of `ALGORITHM` §3, shortened. */
const stages = [
  { stage: 'generators', rounds: 40 },
  { stage: 'mappings', rounds: 15 },
  { stage: 'completion', rounds: 15 },
];

/**
 * A plan for a plant that nobody has sent one: the modalities that its manifest holds, sizes and ranges from its own data,
 * all other numbers from a preset.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`, `manifest-encoding`, `manifest-empty`;
 *   `pilot-columns` unless there are two kinds of measurement
 */
export async function standardPlan(
  folder: string,
  manifest?: string,
  preset: PresetName = 'standard',
): Promise<StandardPlan> {
  const dataFolder = await openManifestFolder(folder);
  const opened = await openManifest(await findManifest(dataFolder.path, manifest));
  const rows = await firstRows(opened);
  if (rows.length === 0) throw new FedReconError('manifest-empty', { manifest: basename(opened.path) });
  const { id, measurements } = understandColumns(opened.columns, rows, opened.decimal);
  if (measurements.length < 2) {
    const found = measurements.map(({ header }) => header).join(', ') || '–';
    throw new FedReconError('pilot-columns', { manifest: basename(opened.path), found });
  }
  const names = modalityNames(measurements);
  const modalities: unknown[] = [];
  const columns: Record<string, string> = Object.fromEntries(opened.columns.map((name) => [name, 'ignore']));
  if (id !== undefined) columns[opened.columns[id]!] = 'id';
  for (const [index, measurement] of measurements.entries()) {
    const name = names[index]!;
    const label = { en: measurement.header.slice(0, 80), ja: measurement.header.slice(0, 80) };
    modalities.push({
      name,
      label,
      ...(await sizes[measurement.kind](measurement, rows, opened, dataFolder)),
    });
    for (const [place, column] of measurement.columns.entries())
      columns[opened.columns[column]!] = measurement.columns.length > 1 ? `${name}:${place + 1}` : name;
  }
  const plan = parsePlan({
    format: 'fedrecon-plan/1',
    name: basename(dataFolder.path).slice(0, 120) || 'Pilot',
    preset,
    modalities,
    stages,
  });
  return { plan, manifest: opened.path, columns };
}

async function firstRows(manifest: Manifest): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const row of manifest.rows()) {
    if ('cells' in row) rows.push(row.cells);
    if (rows.length === rowsLooked) break;
  }
  return rows;
}

type Size = (
  measurement: ColumnMeasurement,
  rows: readonly (readonly string[])[],
  manifest: Manifest,
  folder: ManifestFolder,
) => Promise<object>;

const sizes: Readonly<Record<ColumnMeasurement['kind'], Size>> = {
  async image({ columns: [column] }, rows, _manifest, folder) {
    const names = rows.map((row) => row[column!] ?? '').filter((name) => name !== '');
    const images: Raster[] = [];
    for (const name of names) {
      if (images.length === imagesLooked) break;
      const image = await readImage(folder, name);
      if (image) images.push(image);
    }
    const [width, height] = [
      quantile(
        images.map((image) => image.width),
        0.5,
      ) || largestSide,
      quantile(
        images.map((image) => image.height),
        0.5,
      ) || largestSide,
    ];
    const scale = Math.min(1, largestSide / Math.max(width, height));
    const side = (value: number) => Math.max(smallestSide, Math.round(value * scale));
    return {
      kind: 'image',
      width: side(width),
      height: side(height),
      channels: images.some(isColoured) ? 3 : 1,
    };
  },

  async signal({ columns, length }, rows, { decimal }) {
    const tokens = rows.flatMap((row) =>
      columns.flatMap((column) => splitNumbers(row[column] ?? '', columns.length === 1 && length > 1)),
    );
    const values = tokens
      .filter((token) => !isMissing(token))
      .flatMap((token) => {
        try {
          return [parseNumber(token, decimal)];
        } catch {
          return [];
        }
      });
    return { kind: 'signal', length, unit: '', range: rangeOf(values) };
  },

  text: async () => ({ kind: 'text' }),
};

async function readImage(folder: ManifestFolder, name: string): Promise<Raster | undefined> {
  try {
    return decodeImage(await readFile((await folder.find(name)).path));
  } catch {
    // The import lists it with its reason.
    return undefined;
  }
}

/** Whether any pixel of some hundred differs between its colours. */
function isColoured({ channels, data, max }: Raster): boolean {
  if (channels < 3) return false;
  const step = channels * Math.max(1, Math.floor(data.length / channels / 500));
  for (let at = 0; at + 2 < data.length; at += step)
    if (
      Math.max(data[at]!, data[at + 1]!, data[at + 2]!) - Math.min(data[at]!, data[at + 1]!, data[at + 2]!) >
      max / 50
    )
      return true;
  return false;
}

/** Nearly all values and a tenth of their span around them; what is far outside is then listed by the import. */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [quantile(values, 0.005), quantile(values, 0.995)];
  const margin = (high - low) / 10 || Math.max(1, Math.abs(high) / 10);
  return [Number((low - margin).toPrecision(4)), Number((high + margin).toPrecision(4))];
}

/** `camera`, `gauge`, …: the headers as plain names, or the kind where a header has no letters of that sort. */
function modalityNames(measurements: readonly ColumnMeasurement[]): string[] {
  const seen = new Map<string, number>();
  return measurements.map(({ header, kind }) => {
    const plain = header
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 24);
    const name = plain === '' || plain === 'id' || plain === 'ignore' ? kind : plain;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  });
}
