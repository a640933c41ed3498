import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type Context, settingNames } from '../../../main/services/context.ts';
import { watchService } from '../../../main/services/watch-service.ts';
import { openStore } from '../../../main/store/store.ts';
import { FedReconError } from '../../../protocol/errors.ts';
import { temporaryFolder } from '../support/folders.ts';
import { putImport } from '../support/imported.ts';

it('goes on watching whatever fails, says a refusal once, and imports what is there as soon as it can', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'parts.csv'), 'id,gauge\nA,1 2 3 4\n');
  const store = await openStore(temporaryFolder());
  const lines: string[] = [];
  const context = {
    ...{ store, log: (line: string) => lines.push(line), changed: () => undefined },
    activity: { shown: null },
  } as unknown as Context;
  const full = () => {
    throw new FedReconError('disk-full', { path: '/data' });
  };
  const sha = 'a'.repeat(64);
  const tries: (() => unknown)[] = [
    ...[full, full],
    () => {
      throw new TypeError('a fault');
    },
    full,
    () => putImport(store, { file: sha, folder, parts: [['A', { gauge: [1, 2, 3, 4] }]] }),
  ];
  const tried = Promise.withResolvers<void>();
  const data = {
    'data.preview': async () => ({
      folder,
      manifest: 'parts.csv',
      identity: { reason: 'name' },
      columns: [],
      reading: {},
    }),
    begin: () => ({ ended: (async () => tries.shift()!())() }),
    takeBack: async () => undefined,
  } as unknown as Parameters<typeof watchService>[1];
  const watching = watchService(context, data, async () => tried.resolve(), {
    settle: (abort) => turn(undefined, { signal: abort }),
    // Nothing changes, and it is looked at again until all is tried.
    later: async () => {
      if (tries.length === 0) tried.resolve();
      await turn();
    },
  });
  onTestFinished(() => store.close());
  await watching['data.watch']({ watch: { folder } });
  await tried.promise;
  await watching.close();
  expect(store.parts.counts().parts).toBe(1);
  expect(
    store.log.newest(['watch.begun', 'watch.refused'], 9).map(({ action, detail }) => [action, detail.code]),
  ).toEqual([
    ['watch.refused', 'disk-full'],
    ['watch.begun', undefined],
  ]);
  expect(lines).toEqual([expect.stringContaining('a fault')]);
  expect(store.settings.get(settingNames.watch)).toMatchObject({ last: { import: 1 } });
});
