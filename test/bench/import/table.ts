import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { seededRandom } from '../../../main/demo/random.ts';
import type { Figure } from './figure.ts';

const channels = 64;
const sizes = { quick: 10_000, whole: 100_000 } as const;
/** Each takes so many turns; the fastest counts, for whatever else the machine does only ever slows. */
const turns = 5;

/** What a process says of a table that it has read. */
interface Read {
  readonly rows: number;
  /** CPU seconds of all threads: what it takes on one core, whoever else uses the machine. */
  readonly seconds: number;
  /** Seconds on the clock. */
  readonly wall: number;
  readonly peak: number;
  /** Milliseconds that the event loop stood still at most, while it was taken into the store. */
  readonly longest?: number;
}

/**
 * A table of numbers read, beside pandas; imported, that is encoded and written too; and kept, that is taken into a new store as well, which
 * pandas has nothing to compare with.
 */
export async function benchTable(quick: boolean): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  try {
    const count = sizes[quick ? 'quick' : 'whole'];
    const file = join(folder, 'parts.csv');
    await pipeline(table(count), createWriteStream(file));
    const python = process.env.PYTHON ?? 'python3';
    const own = (work: string) =>
      answer<Read>(process.execPath, [
        join(import.meta.dirname, 'table-worker.ts'),
        ...[work, folder, String(channels)],
      ]);
    const pandas = () =>
      answer<Read & { name: string }>(python, [join(import.meta.dirname, 'table_pandas.py'), file]).catch(
        () => undefined,
      );
    const reads: Read[] = [];
    const imports: Read[] = [];
    const kept: Read[] = [];
    const peers: (Read & { name: string })[] = [];
    // They take turns, so that what else the machine does meets all.
    for (let turn = 0; turn < turns; turn++) {
      reads.push(await own('read'));
      imports.push(await own('import'));
      kept.push(await own('keep'));
      const peer = await pandas();
      if (peer) peers.push(peer);
    }
    const what = `${count.toLocaleString('en')} rows × ${channels} channels`;
    const figures: Figure[] = [
      ...figuresOf(`${what}, CPU: read by FedRecon`, reads),
      ...figuresOf(`${what}, CPU: imported by FedRecon`, imports),
      ...figuresOf(`${what}, CPU: imported and kept by FedRecon`, kept),
      {
        ...{ what: `${what}: the event loop stands still while it is kept, at most`, unit: 'ms' },
        value: Math.round(Math.min(...kept.map(({ longest = 0 }) => longest))),
      },
    ];
    const [peer] = peers;
    if (!peer)
      return [...figures, { what: `${what}: pandas`, value: `none, ${python} has no pandas`, unit: '' }];
    const ratio = (own: readonly Read[]) => (speed(own) / speed(peers)).toFixed(2);
    return [
      ...figures,
      ...figuresOf(`${what}, CPU: ${peer.name}, read_csv`, peers),
      { what: `${what}: ratio of reading`, value: ratio(reads), unit: '×' },
      { what: `${what}: ratio of importing`, value: ratio(imports), unit: '×' },
      { what: `${what}: ratio of the whole import, with the store`, value: ratio(kept), unit: '×' },
      {
        ...{ what: `${what}: ratio of the whole import, with the store, on the clock`, unit: '×' },
        value: (pace(kept) / pace(peers)).toFixed(2),
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figuresOf(what: string, reads: readonly Read[]): Figure[] {
  const peak = Math.max(...reads.map((read) => read.peak));
  return [
    { what, value: Math.round(speed(reads)), unit: 'rows/s' },
    { what: `${what}: on the clock`, value: Math.round(pace(reads)), unit: 'rows/s' },
    { what: `${what}: peak memory`, value: Math.round(peak), unit: 'MB' },
  ];
}

function speed(reads: readonly Read[]): number {
  return Math.max(...reads.map(({ rows, seconds }) => rows / seconds));
}

/** Rows a second on the clock. */
function pace(reads: readonly Read[]): number {
  return Math.max(...reads.map(({ rows, wall }) => rows / wall));
}

/** What a process prints, as JSON. @throws Error where it fails */
async function answer<T>(command: string, words: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(command, [...words]);
  return JSON.parse(stdout) as T;
}

function* table(count: number): Generator<string> {
  const random = seededRandom('table');
  const names = Array.from({ length: channels }, (_, index) => `gauge_${index + 1}`);
  yield `id,${names.join(',')}\n`;
  for (let row = 0; row < count; row++) {
    const values = names.map((_, index) =>
      (50 + 30 * Math.sin(index / 9) + 10 * random.uniform()).toFixed(4),
    );
    yield `P${String(row).padStart(6, '0')},${values.join(',')}\n`;
  }
}
