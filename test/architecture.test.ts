import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Rules of the real configuration that a tree of `files` breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-rooms-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(
    join(folder, 'package.json'),
    '{"type":"module","dependencies":{"axios":"*","electron":"*"}}',
  );
  for (const name of ['tsconfig.json', 'node_modules']) await symlink(join(root, name), join(folder, name));
  const rooms = [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))];
  const cruise = promisify(execFile)(
    join(root, 'node_modules/.bin/depcruise'),
    ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...rooms],
    {
      cwd: folder,
      maxBuffer: 1e8,
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
    },
  );
  const { stdout } = await cruise.catch((failure: { stdout: string }) => failure);
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map((violation) => violation.rule.name))];
}

const value = 'export const value = 1;\n';

describe('the import rules', () => {
  it.each([
    ['protocol-imports', { 'protocol/a.ts': "import '../training/b.ts';\n", 'training/b.ts': value }],
    ['training-imports', { 'training/a.ts': "import '../main/b.ts';\n", 'main/b.ts': value }],
    ['aggregator-imports', { 'aggregator/a.ts': "import '../training/b.ts';\n", 'training/b.ts': value }],
    ['main-imports', { 'main/a.ts': "import '../renderer/b.ts';\n", 'renderer/b.ts': value }],
    ['renderer-imports', { 'renderer/a.ts': "import '../protocol/b.ts';\n", 'protocol/b.ts': value }],
    [
      'renderer-contract-only',
      { 'renderer/a.ts': "import '../main/store/b.ts';\n", 'main/store/b.ts': value },
    ],
    [
      'renderer-types-only',
      {
        'renderer/a.ts': "import { value } from '../main/api/b.ts';\nexport { value };\n",
        'main/api/b.ts': value,
      },
    ],
    ['renderer-no-node', { 'renderer/a.ts': "import 'node:fs';\n" }],
    ['hosts-apart', { 'main/browser/a.ts': "import '../electron/b.ts';\n", 'main/electron/b.ts': value }],
    ['network-only-in-sync', { 'main/services/a.ts': "import 'axios';\n" }],
    ['electron-only-in-its-host', { 'main/services/a.ts': "import 'electron';\n" }],
    ['numeric-work-stays-in-training', { 'main/a.ts': "import 'onnxruntime-node';\n" }],
    [
      'numeric-work-never-reached',
      { 'main/a.ts': "import '../training/b.ts';\n", 'training/b.ts': "import 'onnxruntime-node';\n" },
    ],
    ['no-circles', { 'main/a.ts': "import './b.ts';\n", 'main/b.ts': "import './a.ts';\n" }],
  ])('%s is broken by a file that breaks it', async (rule, files) => {
    expect(await brokenRules(files)).toContain(rule);
  });

  it('let the rooms import what they may', async () => {
    const files = {
      'protocol/a.ts': value,
      'training/a.ts': "import '../protocol/a.ts';\n",
      'main/api/a.ts': 'export type Value = number;\n',
      'main/sync/a.ts': "import 'axios';\nimport '../../training/a.ts';\n",
      'aggregator/a.ts': "import '../protocol/a.ts';\n",
      'renderer/a.ts': "import type { Value } from '../main/api/a.ts';\nexport const value: Value = 1;\n",
    };
    expect(await brokenRules(files)).toEqual([]);
  });
});
