import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '../../../protocol/plan.ts';
import {
  createPictureReader,
  usePictureReader,
} from '../../../training/cells/images/reader/picture-reader.ts';
import { importParts } from '../../../training/data/import.ts';
import { measuredPictureHost } from '../../support/measured-picture-host.ts';
import { peakMemory } from '../../support/peak-memory.ts';

/** Imports the folder that is named first, with the cache that is named second, as the training process does; prints its figures. */
const [folder, pictureCache] = process.argv.slice(2) as [string, string];
const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'Import benchmark',
  preset: 'light',
  modalities: [
    {
      name: 'camera',
      label: { en: 'Camera', ja: 'カメラ' },
      kind: 'image',
      width: 64,
      height: 64,
      channels: 1,
    },
    { name: 'note', label: { en: 'Note', ja: '所見' }, kind: 'text', buckets: 64 },
  ],
  stages: [{ stage: 'generators', rounds: 1 }],
});
const { host, peak: picturesPeak } = measuredPictureHost();
usePictureReader(createPictureReader(host));
const output = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
const began = performance.now();
const { accepted, problems } = await importParts(
  { plan, folder, manifest: 'parts.csv', columns: {}, output, pictureCache },
  { progress: () => {}, abort: new AbortController().signal },
);
const seconds = (performance.now() - began) / 1000;
await rm(output, { recursive: true });
const peak = peakMemory();
console.log(JSON.stringify({ accepted, problems, seconds, peak, pictures: picturesPeak() }));
