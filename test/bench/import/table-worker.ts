import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '../../../protocol/plan.ts';
import { openManifestFolder } from '../../../training/cells/folder.ts';
import { importParts } from '../../../training/data/import.ts';
import { identify, readPart } from '../../../training/data/part.ts';
import { openPartTable } from '../../../training/data/part-table.ts';
import { isWaiting } from '../../../training/data/waiting.ts';
import { peakMemory } from '../../support/peak-memory.ts';

/** Reads a folder's table, or imports it as the training process does; prints how many rows, the CPU seconds of all threads, and the peak memory. */
const [work, folder, channels] = process.argv.slice(2) as ['read' | 'import', string, string];
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
const began = process.cpuUsage();
const rows = await (work === 'read' ? readAll() : importAll());
const { user, system } = process.cpuUsage(began);
const peak = peakMemory();
console.log(JSON.stringify({ rows, seconds: (user + system) / 1e6, peak }));

/** Ids and numbers of all rows, checked, in memory for a moment each. */
async function readAll(): Promise<number> {
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
  return read;
}

async function importAll(): Promise<number> {
  const output = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  const { accepted } = await importParts(
    { plan, folder, manifest: 'parts.csv', columns: {}, output },
    { progress: () => {}, abort: new AbortController().signal },
  );
  await rm(output, { recursive: true });
  return accepted;
}
