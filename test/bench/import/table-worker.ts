import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { takeIn } from '../../../main/services/data/take-in.ts';
import { openStore } from '../../../main/store/store.ts';
import { parsePlan, planHash } from '../../../protocol/plan.ts';
import { openManifestFolder } from '../../../training/cells/folder.ts';
import { importParts } from '../../../training/data/import.ts';
import { identify, readPart } from '../../../training/data/part.ts';
import { openPartTable } from '../../../training/data/part-table.ts';
import { isWaiting } from '../../../training/data/waiting.ts';
import { peakMemory } from '../../support/peak-memory.ts';

/**
 * Reads a folder's table, imports it as the training process does, or takes it into a new store, too; prints how many rows, the CPU
 * seconds of all threads, the seconds on the clock, the longest that the event loop stood still, and the peak memory.
 */
const [work, folder, channels] = process.argv.slice(2) as ['read' | 'import' | 'keep', string, string];
const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Import benchmark',
  preset: 'light',
  modalities: [
    {
      name: 'gauge',
      label: { en: 'Gauge', ja: 'ゲージ' },
      kind: 'signal',
      length: Number(channels),
      unit: '',
      range: [0, 100],
    },
    { name: 'note', label: { en: 'Note', ja: '所見' }, kind: 'text', buckets: 64 },
  ],
  stages: [{ stage: 'generators', rounds: 1 }],
});
interface Found {
  readonly rows: number;
  /** Milliseconds. */
  readonly longest?: number;
}

const works = { read: readAll, import: importAll, keep: keepAll };
const [began, beganAt] = [process.cpuUsage(), performance.now()];
const found = await works[work]();
const { user, system } = process.cpuUsage(began);
const wall = (performance.now() - beganAt) / 1000;
console.log(JSON.stringify({ ...found, seconds: (user + system) / 1e6, wall, peak: peakMemory() }));

/** Ids and numbers of all rows, checked, in memory for a moment each. */
async function readAll(): Promise<Found> {
  const dataFolder = await openManifestFolder(folder);
  const { manifest, source } = await openPartTable(plan, dataFolder.path, { columns: {} });
  const context = { folder: dataFolder, nothing: manifest.nothing };
  let read = 0;
  for await (const rows of manifest.blocks())
    for (const row of rows) {
      const part = identify(source, row, context);
      if ('problem' in part || 'problem' in row) continue;
      const whole = readPart(source, part.id, row, context);
      const { readings } = isWaiting(whole) ? await whole : whole;
      if ('gauge' in readings) read++;
    }
  return { rows: read };
}

async function importAll(): Promise<Found> {
  const output = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  const { accepted } = await imported(output);
  await rm(output, { recursive: true });
  return { rows: accepted };
}

function imported(output: string) {
  return importParts(
    { plan, folder, manifest: 'parts.csv', columns: {}, output },
    { progress: () => {}, abort: new AbortController().signal },
  );
}

/** Both in one process, one after the other. */
async function keepAll(): Promise<Found> {
  const home = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  const store = await openStore(home);
  const result = await imported(await store.files.scratch());
  const blocks = watchedBlocks();
  const ordered = { folder, manifest: 'parts.csv', columns: {}, by: { name: '', role: 'unnamed' } } as const;
  await takeIn({ store, log: () => {} }, { kind: 'import', ...result }, ordered, {
    plan: { plan, hash: planHash(plan) },
    job: 'job',
    told: () => {},
  });
  const found = { rows: store.parts.counts().parts, longest: blocks() };
  store.close();
  await rm(home, { recursive: true });
  return found;
}

/** Watches how long the event loop stands still; the answer, in milliseconds, ends it. */
function watchedBlocks(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  return () => {
    delay.disable();
    return delay.max / 1e6;
  };
}
