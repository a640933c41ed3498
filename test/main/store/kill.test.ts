import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hashFile } from '../../../main/store/files.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryFolder } from '../support/folders.ts';

const writer = fileURLToPath(new URL('support/writer.ts', import.meta.url));

/** Lets a process write until it has told `rounds` times that something is durable, kills it, and gives the last count. */
async function writeAndKill(folder: string, rounds: number): Promise<number> {
  const child = fork(writer, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let durable = 0;
  let heard = 0;
  child.on('message', (count) => {
    durable = count as number;
    heard++;
    if (heard === rounds) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  return durable;
}

describe('a store whose process is killed while it writes', () => {
  it('opens again with everything it said was durable, and nothing half', async () => {
    const folder = temporaryFolder();
    for (const rounds of [1, 4, 9, 2]) {
      const durable = await writeAndKill(folder, rounds);
      const store = await openStore(folder);
      const { parts } = store.parts.counts();
      expect(parts).toBeGreaterThanOrEqual(durable);
      const active = store.imports.list(parts + 1);
      expect(active).toHaveLength(parts);
      for (const { hash } of active) expect((await hashFile(store.files.path(hash))).sha256).toBe(hash);
      // A decision stands in the log when what it belongs to is there, and not otherwise.
      expect(await store.log.verify()).toMatchObject({ entries: parts, brokenAt: null });
      expect(store.decisions.standing(`part ${parts - 1}`, 'camera', 'made').decision).toMatchObject({
        decision: 'accept',
      });
      // What was put but not yet named is gone, half-written files too.
      const stored = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true });
      expect(stored.filter((entry) => entry.isFile())).toHaveLength(parts);
      expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
      store.close();
    }
  });
});
