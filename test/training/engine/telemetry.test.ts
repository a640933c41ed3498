import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const child = fileURLToPath(new URL('telemetry-child.ts', import.meta.url));

it('the runtime reports nothing to its maker: it leaves no device id, no database and no log of events', async () => {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  const { ORT_DISABLE_TELEMETRY: _, ...environment } = process.env;
  await promisify(execFile)(process.execPath, [child], {
    env: { ...environment, NODE_OPTIONS: '', HOME: home, TMPDIR: home, XDG_CACHE_HOME: join(home, 'cache') },
  });
  expect(await readdir(home, { recursive: true })).toEqual([]);
});
