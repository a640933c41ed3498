import { mean } from '../../../training/measures/statistics.ts';
import type { Circumstances } from '../circumstances.ts';
import { aligned } from '../reconstruction/output/text.ts';
import type { Budget, SourceSet } from '../reconstruction/setting.ts';
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
        const change = -mean(some.map((row) => column.read({ ...row, ...row.lost })));
        return `${column.write(over(some))} (${signed(column.write(change))})`;
      }),
    ),
  );
  return [...clean, ...faulty].filter((cells) => cells.slice(2).some((cell) => cell !== '–'));
}

/** A change as it is written: `+0.12`, `−1.50`, `0.00`. */
function signed(text: string): string {
  if (Number(text) === 0) return text.replace('-', '');
  return text.startsWith('-') ? text.replace('-', '−') : `+${text}`;
}

/** In how many lines of faults each method is best, a sentence a figure; equal ones count for each. */
export function winsOf(rows: readonly FaultRow[], methods: readonly string[]): string[] {
  const lines = [...Map.groupBy(withLosses(rows), lineOf).values()];
  return columns.map(({ title, read }) => {
    const bests = lines.map((line) => {
      const values = methods.map((name) => mean(line.filter(({ method }) => method === name).map(read)));
      const best = Math.max(...values.filter((value) => !Number.isNaN(value)));
      return methods.filter((_, place) => values[place] === best);
    });
    const words = methods.map((name) => `${name} in ${bests.filter((best) => best.includes(name)).length}`);
    return `${title.split(',')[0]}, best of ${lines.length} lines with a fault: ${words.join(', ')}.`;
  });
}

const lineOf = ({ fault, source }: FaultRow) => `${fault}/${source}`;

/** All tables as aligned text, and who is ahead. */
export function textOf(rows: readonly FaultRow[], methods: readonly string[]): string {
  const tables = columns.map((column) => {
    const body = cellsOf(rows, methods, column).map(([fault, source, ...cells]) => [
      `${fault}, from ${source}`,
      ...cells,
    ]);
    return aligned([[column.title, ...methods], ...body]);
  });
  return [...tables, winsOf(rows, methods).join('\n')].join('\n\n');
}

/** A page of results for docs/results, every sentence of it from the rows. */
export function markdownOf(
  rows: readonly FaultRow[],
  methods: readonly string[],
  { command, machine, date, images, alpha, budget, seeds }: Circumstances & { readonly budget: Budget },
): string {
  const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
    [head, head.map((title) => (methods.includes(title) ? '---:' : '---')), ...body]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
  const { generators, mappings, completion } = budget.rounds;
  return [
    '# Robustness',
    `\`${command}\``,
    `${date}; ${machine}.`,
    `Camera images at ten plants, alpha ${alpha}; Fashion-MNIST, ${images.toLocaleString('en-US')} images, of which ${Math.min(budget.parts, images).toLocaleString('en-US')} are parts, every eighth held out; ` +
      `${generators} + ${mappings} + ${completion} rounds of generators, mappings and completion, and as many for every rival; means over seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}.`,
    'A line is a fault and what the images are made from. In brackets: what the fault changes against the same method without it, on the same parts; below 0 is worse. Both: gauge and note. The first lines have no fault.',
    '## Who is ahead under faults',
    winsOf(rows, methods)
      .map((line) => `- ${line}`)
      .join('\n'),
    ...columns.map(
      (column) =>
        `## ${column.title}\n\n${table(['fault', 'from', ...methods], cellsOf(rows, methods, column))}`,
    ),
    '## The faults',
    table(
      ['fault', 'shows in', 'what it is'],
      faults.map(({ name, train, about }) => [name, train ? 'training' : 'inspection', about]),
    ),
    '',
  ].join('\n\n');
}
