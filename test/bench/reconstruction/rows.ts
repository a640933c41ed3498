import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Figures } from './figures.ts';
import type { SourceSet } from './setting.ts';

/** One method in one setting, from one source set. */
export interface Row extends Figures {
  readonly method: string;
  readonly alpha: number;
  /** Share of the plants without a camera. */
  readonly missing: number;
  readonly seed: number;
  readonly source: SourceSet;
  /** Highest less lowest mean PSNR over the last ten rounds, in dB. */
  readonly spread: number;
  /** Of all plants together, sent and received, mean over the rounds. */
  readonly bytesPerRound: number;
  /** Training of all plants, one after the other; mean over the rounds. */
  readonly secondsPerRound: number;
}

/** A method's rows lie in one line, so that a kill leaves all or none of them. */
interface Line {
  readonly setting: string;
  readonly rows: readonly Row[];
}

/** Finished rows in a file of JSON lines, so that an interrupted run goes on where it was. */
export interface RowFile {
  /** The rows of a method in a setting; empty if it was not finished. */
  find(setting: string, method: string): Row[];
  /** Adds all rows of a method at once. */
  add(setting: string, rows: readonly Row[]): Promise<void>;
}

/** Opens the file, which need not exist. A line that was cut off by a kill is left out. */
export async function openRows(path: string): Promise<RowFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n').flatMap((line) => parse(line) ?? []);
  const cut = text !== '' && !text.endsWith('\n');
  if (cut) await appendFile(path, '\n');
  return {
    find: (setting, method) =>
      lines
        .filter((line) => line.setting === setting)
        .flatMap(({ rows }) => rows.filter((row) => row.method === method)),
    async add(setting, rows) {
      const line: Line = { setting, rows };
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, `${JSON.stringify(line)}\n`);
      lines.push(line);
    },
  };
}

function parse(line: string): Line | undefined {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
}

/** The rows as aligned text, sources together, in the order in which they come. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['source', 'alpha', 'missing', 'seed', 'method', ...columns.map(([title]) => title)];
  const sources = [...new Set(rows.map(({ source }) => source))];
  const body = sources.flatMap((source) =>
    rows
      .filter((row) => row.source === source)
      .map((row) => [
        source,
        `${row.alpha}`,
        `${row.missing}`,
        `${row.seed}`,
        row.method,
        ...columns.map(([, cell]) => cell(row)),
      ]),
  );
  const widths = head.map((_, place) => Math.max(...[head, ...body].map((cells) => cells[place]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, place) => (place < 5 ? cell.padEnd(widths[place]!) : cell.padStart(widths[place]!)))
      .join('  ');
  return [line(head), ...body.map(line)].join('\n');
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const columns: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ['PSNR dB', ({ psnr }) => psnr.toFixed(2)],
  ['SSIM', ({ ssim }) => ssim.toFixed(3)],
  ['coherence', ({ coherence }) => percent(coherence)],
  ['top 1', ({ top1 }) => percent(top1)],
  ['top 10', ({ top10 }) => percent(top10)],
  ['spread dB', ({ spread }) => spread.toFixed(2)],
  ['worst plant dB', ({ worstPlant }) => worstPlant.toFixed(2)],
  ['MB/round', ({ bytesPerRound }) => (bytesPerRound / 1e6).toFixed(2)],
  ['s/round', ({ secondsPerRound }) => secondsPerRound.toFixed(2)],
];
