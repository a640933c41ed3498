import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { writeXlsx } from 'hucre/xlsx';
import sharp from 'sharp';
import type { Figure } from './figure.ts';

const channels = 64;

/** Folder of one shape. */
interface Shape {
  readonly what: string;
  /** Values of the gauge in the plan. */
  readonly length: number;
  /** Fills a folder. @param scale share of the whole size @throws Error where there is no Python that it needs */
  fill(folder: string, scale: number): Promise<void>;
}

const shapes: readonly Shape[] = [
  {
    what: 'wide table: 200,000 rows × 64 channels',
    length: channels,
    fill: (folder, scale) => write(join(folder, 'parts.csv'), wide(0, 200_000 * scale)),
  },
  {
    what: 'one value a row: 25,000 parts × 64 values',
    length: channels,
    fill: (folder, scale) => write(join(folder, 'parts.csv'), long(25_000 * scale)),
  },
  {
    what: '20 days of 10,000 rows × 64 channels',
    length: channels,
    async fill(folder, scale) {
      for (let day = 0; day < 20; day++)
        await write(
          join(folder, `day-${String(day).padStart(2, '0')}.csv`),
          wide(day * 10_000, 10_000 * scale),
        );
    },
  },
  {
    what: 'Parquet, 200,000 rows × 64 channels in one group',
    length: channels,
    fill: (folder, scale) => parquet(folder, 'parts', wide(0, 200_000 * scale), 200_000),
  },
  {
    what: 'Parquet, 20 days of 10,000 rows × 64 channels',
    length: channels,
    async fill(folder, scale) {
      for (let day = 0; day < 20; day++)
        await parquet(
          ...([folder, `day-${String(day).padStart(2, '0')}`, wide(day * 10_000, 10_000 * scale)] as const),
          2000,
        );
    },
  },
  {
    what: 'four tables of 100,000 rows × 16 channels, joined by id',
    length: channels,
    async fill(folder, scale) {
      for (let table = 0; table < 4; table++)
        await write(
          join(folder, `sensor-${table}.csv`),
          wide(0, 100_000 * scale, names().slice(16 * table, 16 * (table + 1))),
        );
    },
  },
  {
    what: 'the same as Parquet',
    length: channels,
    async fill(folder, scale) {
      for (let table = 0; table < 4; table++) {
        const own = names().slice(16 * table, 16 * (table + 1));
        await parquet(folder, `sensor-${table}`, wide(0, 100_000 * scale, own), 100_000);
      }
    },
  },
  {
    what: 'workbook of 20,000 rows × 64 channels',
    length: channels,
    async fill(folder, scale) {
      const rows = Array.from({ length: 20_000 * scale }, (_, row) => [`P${row}`, ...valuesOf(row)]);
      const sheet = { name: 'parts', rows: [['id', ...names()], ...rows] };
      await writeFile(join(folder, 'parts.xlsx'), await writeXlsx({ sheets: [sheet] }));
    },
  },
  {
    what: '40 signal files of 500,000 values',
    length: 500,
    async fill(folder, scale) {
      const files = Math.ceil(40 * scale);
      const values = Float64Array.from({ length: 500_000 }, (_, place) => 50 + 40 * Math.sin(place / 900));
      for (let file = 0; file < files; file++) await writeFile(join(folder, `${file}.npy`), npy(values));
      const rows = Array.from({ length: files }, (_, file) => `P${file},${file}.npy\n`);
      await writeFile(join(folder, 'parts.csv'), `id,gauge\n${rows.join('')}`);
    },
  },
  {
    what: '12 pictures of 96 megapixels',
    length: channels,
    async fill(folder, scale) {
      const files = Math.ceil(12 * scale);
      const create = { width: 12_000, height: 8000, channels: 3, background: '#705030' } as const;
      const bytes = await sharp({ create }).jpeg().toBuffer();
      for (let file = 0; file < files; file++)
        await writeFile(join(folder, `${file}.jpg`), Buffer.concat([bytes, Buffer.from(`${file}`)]));
      const rows = Array.from({ length: files }, (_, file) => `P${file},${file}.jpg\n`);
      await writeFile(join(folder, 'parts.csv'), `id,camera\n${rows.join('')}`);
    },
  },
];

/** Peak memory of an import of folders of several shapes: of the importing process, and of the one that reads pictures. */
export async function benchMemory(quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { what, length, fill } of shapes) {
    const root = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
    try {
      const folder = join(root, 'plant');
      await mkdir(folder);
      const isFilled = await fill(folder, quick ? 0.05 : 1).then(
        () => true,
        (thrown: unknown) => {
          figures.push({
            what,
            value: `none, ${(thrown as Error).message.split('\n').at(-2) ?? ''}`,
            unit: '',
          });
        },
      );
      if (!isFilled) continue;
      const script = join(import.meta.dirname, 'memory-worker.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [script, folder, String(length)]);
      const { accepted, seconds, peak, pictures } = JSON.parse(stdout) as Record<
        'accepted' | 'seconds' | 'peak' | 'pictures',
        number
      >;
      const both = Math.round(peak + pictures);
      const time = `${seconds.toFixed(1)} s of CPU time`;
      figures.push({ what, value: `${accepted} parts, ${time}, ${both}`, unit: 'MB at its peak' });
    } finally {
      await rm(root, { recursive: true });
    }
  }
  return figures;
}

function write(path: string, text: Iterable<string>): Promise<void> {
  return pipeline(text, createWriteStream(path));
}

function names(): string[] {
  return Array.from({ length: channels }, (_, index) => `gauge_${index + 1}`);
}

function valuesOf(row: number): number[] {
  return Array.from({ length: channels }, (_, index) => Math.round(5e5 + 4e5 * Math.sin(row + index)) / 1e4);
}

function* wide(first: number, rows: number, own: readonly string[] = names()): Generator<string> {
  yield `id,${own.join(',')}\n`;
  for (let row = first; row < first + rows; row++)
    yield `P${String(row).padStart(6, '0')},${valuesOf(row).slice(0, own.length).join(',')}\n`;
}

/** Writes a table as Parquet, by the Python of the environment variable PYTHON. @throws Error where it cannot */
async function parquet(folder: string, name: string, text: Iterable<string>, rows: number): Promise<void> {
  const table = join(folder, '..', `${name}.csv`);
  await write(table, text);
  const script = join(import.meta.dirname, 'memory_parquet.py');
  const file = join(folder, `${name}.parquet`);
  await promisify(execFile)(process.env.PYTHON ?? 'python3', [script, table, file, String(rows)]);
  await rm(table);
}

function* long(parts: number): Generator<string> {
  yield 'id,time,gauge\n';
  for (let part = 0; part < parts; part++)
    yield valuesOf(part)
      .map((value, time) => `P${part},${time},${value}\n`)
      .join('');
}

/** A file of numpy's, of doubles. */
function npy(values: Float64Array): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117);
  const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.of(118, 0)]);
  return Buffer.concat([head, Buffer.from(`${header}\n`), Buffer.from(values.buffer)]);
}
