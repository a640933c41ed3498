import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '../../../protocol/plan.ts';
import {
  createPictureReader,
  usePictureReader,
} from '../../../training/cells/images/reader/picture-reader.ts';
import { importParts } from '../../../training/data/import.ts';
import { findManifest } from '../../../training/data/manifest/manifest.ts';
import { measuredPictureHost } from '../../support/measured-picture-host.ts';
import { peakMemory } from '../../support/peak-memory.ts';

/** Imports a folder as the training process does, with a gauge of so many values and a camera; prints how many parts it brought, the CPU seconds, and the peaks in megabytes. */
const [folder, length] = process.argv.slice(2) as [string, string];
const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Import benchmark',
  preset: 'light',
  modalities: [
    {
      ...{ name: 'gauge', label: { en: 'Gauge', ja: 'ゲージ' }, kind: 'signal', length: Number(length) },
      ...{ unit: '', range: [0, 100] },
    },
    {
      ...{ name: 'camera', label: { en: 'Camera', ja: 'カメラ' }, kind: 'image' },
      ...{ width: 64, height: 64, channels: 1 },
    },
  ],
  stages: [{ stage: 'generators', rounds: 1 }],
});
const { host, peak: picturesPeak } = measuredPictureHost();
usePictureReader(createPictureReader(host));
const output = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
const began = process.cpuUsage();
const manifest = await findManifest(folder);
const { accepted } = await importParts(
  { plan, folder, manifest, columns: {}, output },
  { progress: () => {}, abort: new AbortController().signal },
);
const { user, system } = process.cpuUsage(began);
await rm(output, { recursive: true });
const pictures = (() => {
  try {
    return picturesPeak();
  } catch {
    // No picture was read, so that there was no process for it.
    return 0;
  }
})();
console.log(JSON.stringify({ accepted, seconds: (user + system) / 1e6, peak: peakMemory(), pictures }));
