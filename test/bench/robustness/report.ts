import { mean } from '../reconstruction/figures.ts';
import type { SourceSet } from '../reconstruction/setting.ts';
import { type Fault, faults } from './faults.ts';
import { type FaultRow, noFault } from './measure.ts';

/** A figure of a row, and how it is written. */
interface Column {
  readonly title: string;
  read(row: FaultRow): number;
  write(value: number): string;
}

const columns: readonly Column[] = [
  { title: 'Coherence, %', read: ({ coherence }) => 100 * coherence, write: (value) => value.toFixed(1) },
  { title: 'PSNR, dB', read: ({ psnr }) => psnr, write: (value) => value.toFixed(2) },
  { title: 'SSIM', read: ({ ssim }) => ssim, write: (value) => value.toFixed(3) },
];

/** A row with what is lost to the same method, seed, source set and judged parts without a fault. */
export interface LostRow extends FaultRow {
  /** Above 0: worse than without the fault. */
  readonly lost: Pick<FaultRow, 'psnr' | 'ssim' | 'coherence'>;
}

/** The rows of faults with what each loses; rows without a fault are left out. */
export function withLosses(rows: readonly FaultRow[]): LostRow[] {
  const key = ({ method, seed, judged, source }: FaultRow) => [method, seed, judged, source].join('/');
  const clean = new Map(rows.filter(({ fault }) => fault === noFault).map((row) => [key(row), row]));
  return rows.flatMap((row) => {
    const before = clean.get(key(row));
    if (row.fault === noFault || !before) return [];
    const lost = {
      psnr: before.psnr - row.psnr,
      ssim: before.ssim - row.ssim,
      coherence: before.coherence - row.coherence,
    };
    return [{ ...row, lost }];
  });
}

/** Cells of one table: a line a fault and source set, a cell a method, as a mean over the seeds. */
function cellsOf(rows: readonly FaultRow[], methods: readonly string[], column: Column): string[][] {
  const lost = withLosses(rows);
  const over = (some: readonly FaultRow[]) => mean(some.map((row) => column.read(row)));
  const line = (fault: Pick<Fault, 'name'>, source: SourceSet, cell: (method: string) => string) => [
    fault.name,
    source,
    ...methods.map(cell),
  ];
  const sources = [...new Set(rows.map(({ source }) => source))];
  const clean = sources.map((source) =>
    line({ name: noFault }, source, (method) => {
      const some = rows.filter(
        (row) =>
          row.fault === noFault && row.judged === 'all' && row.method === method && row.source === source,
      );
      return some.length === 0 ? '–' : column.write(over(some));
    }),
  );
  const faulty = faults.flatMap((fault) =>
    fault.sources.map((source) =>
      line(fault, source, (method) => {
        const some = lost.filter(
          (row) => row.fault === fault.name && row.method === method && row.source === source,
        );
        if (some.length === 0) return '–';
        const difference = -mean(some.map((row) => column.read({ ...row, ...row.lost })));
        return `${column.write(over(some))} (${difference > 0 ? '+' : ''}${column.write(difference)})`;
      }),
    ),
  );
  return [...clean, ...faulty].filter((cells) => cells.slice(2).some((cell) => cell !== '–'));
}

/** All tables as aligned text. */
export function textOf(rows: readonly FaultRow[], methods: readonly string[]): string {
  return columns
    .map((column) => {
      const table = [[column.title, 'source', ...methods], ...cellsOf(rows, methods, column)];
      const widths = table[0]!.map((_, place) => Math.max(...table.map((cells) => cells[place]!.length)));
      const lines = table.map((cells) =>
        cells
          .map((cell, place) => (place < 2 ? cell.padEnd(widths[place]!) : cell.padStart(widths[place]!)))
          .join('  '),
      );
      return lines.join('\n');
    })
    .join('\n\n');
}

/** The faults and all tables as Markdown. */
export function markdownOf(rows: readonly FaultRow[], methods: readonly string[], command: string): string {
  const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
    [head, head.map((_, place) => (place < 2 ? '---' : '---:')), ...body]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
  const seeds = new Set(rows.map(({ seed }) => seed)).size;
  return [
    '# Robustness',
    `Made by \`${command}\`; means over ${seeds} seed${seeds === 1 ? '' : 's'}. In brackets: what the fault changes against the same method without it, on the same parts.`,
    table(
      ['fault', 'what it is'],
      faults.map(({ name, about }) => [name, about]),
    ),
    ...columns.map(
      (column) =>
        `## ${column.title}\n\n${table(['fault', 'source', ...methods], cellsOf(rows, methods, column))}`,
    ),
    '',
  ].join('\n\n');
}
