import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '../../../protocol/plan.ts';
import { importParts } from '../../../training/data/import.ts';

/** Imports the folder that is named first, with as many channels as are said second, as the training process does; prints its figures. */
const [folder, channels] = process.argv.slice(2) as [string, string];
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
const output = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
const began = performance.now();
const { accepted, problems } = await importParts(
  { plan, folder, manifest: 'parts.csv', columns: {}, output },
  { progress: () => {}, abort: new AbortController().signal },
);
const seconds = (performance.now() - began) / 1000;
await rm(output, { recursive: true });
console.log(
  JSON.stringify({ accepted, problems, seconds, peak: process.resourceUsage().maxRSS / 1024 }),
);
