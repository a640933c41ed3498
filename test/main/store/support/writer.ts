import { openStore } from '../../../../main/store/store.ts';
import { putImport } from '../../support/imported.ts';

const shown = {
  fingerprint: 'made',
  modelVersion: 1,
  planHash: 'plan',
  file: 'f'.repeat(64),
  madeAt: new Date(0).toISOString(),
  confidence: 0.5,
  sources: [{ modality: 'gauge', share: 1 }],
};

/** Writes to a store as fast as it can, and tells after each round of writing what is now durable. */
const store = await openStore(process.argv[2]!);
for (let count = store.parts.counts().parts; ; count++) {
  const { sha256 } = await store.files.put(Buffer.from(`data set ${count} `.repeat(2000)));
  store.transaction(() => {
    putImport(store, { file: sha256, parts: [[`part ${count}`, { gauge: [count] }]] });
    store.decisions.add({
      at: new Date(0).toISOString(),
      partName: `part ${count}`,
      modality: 'camera',
      decision: 'accept',
      reason: '',
      actor: { name: '', role: 'unnamed' },
      shown: { ...shown, row: count },
    });
  });
  process.send!(count + 1);
}
