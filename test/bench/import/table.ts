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
const turns = 3;

interface Read {
  readonly seconds: number;
  readonly peak: number;
}

/** A table of numbers imported whole (read, judged, encoded and written), beside pandas, which reads it into memory. */
export async function benchTable(quick: boolean): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  try {
    const count = sizes[quick ? 'quick' : 'whole'];
    const file = join(folder, 'parts.csv');
    await pipeline(table(count), createWriteStream(file));
    const python = process.env.PYTHON ?? 'python3';
    const own: (Read & { accepted: number; problems: number })[] = [];
    const pandas: (Read & { name: string })[] = [];
    // They take turns, so that what else the machine does meets both.
    for (let turn = 0; turn < turns; turn++) {
      const script = join(import.meta.dirname, 'table-worker.ts');
      own.push(await answer(process.execPath, [script, folder, String(channels)]));
      const peer = [join(import.meta.dirname, 'table_pandas.py'), file];
      const read = await answer<Read & { name: string }>(python, peer).catch(() => undefined);
      if (read) pandas.push(read);
    }
    const what = `${count.toLocaleString('en')} rows × ${channels} channels`;
    const [first] = own;
    const [peer] = pandas;
    const speed = (reads: readonly Read[]) => count / Math.min(...reads.map(({ seconds }) => seconds));
    const peak = (reads: readonly Read[]) => Math.round(Math.max(...reads.map((read) => read.peak)));
    const figures: Figure[] = [
      { what: `${what}: parts, problems`, value: `${first!.accepted}, ${first!.problems}`, unit: '' },
      { what: `${what}: import`, value: Math.round(speed(own)), unit: 'rows/s' },
      { what: `${what}: peak memory`, value: peak(own), unit: 'MB' },
    ];
    if (!peer) return [...figures, { what: `${what}: pandas`, value: `none, ${python} has none`, unit: '' }];
    return [
      ...figures,
      { what: `${what}: ${peer.name} read_csv`, value: Math.round(speed(pandas)), unit: 'rows/s' },
      { what: `${what}: peak memory of pandas`, value: peak(pandas), unit: 'MB' },
      { what: `${what}: ratio`, value: (speed(own) / speed(pandas)).toFixed(2), unit: '×' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
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
    const values = names.map((_, index) => (50 + 30 * Math.sin(index / 9) + 10 * random.uniform()).toFixed(4));
    yield `P${String(row).padStart(6, '0')},${values.join(',')}\n`;
  }
}
