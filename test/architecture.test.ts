import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** What in a tree of `files` is against the real configuration. */
async function violationsOf(files: Record<string, string>): Promise<readonly Violation[]> {
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
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

const value = 'export const value = 1;\n';

/** Rules, each with files of which the first breaks it. */
const broken: readonly (readonly [rule: string, files: Readonly<Record<string, string>>])[] = [
  [
    'protocol-imports',
    { 'protocol/a.ts': "import '../training/random/b.ts';\n", 'training/random/b.ts': value },
  ],
  ['training-imports', { 'training/random/a.ts': "import '../../main/b.ts';\n", 'main/b.ts': value }],
  [
    'aggregator-imports',
    { 'aggregator/a.ts': "import '../training/random/b.ts';\n", 'training/random/b.ts': value },
  ],
  ['main-imports', { 'main/a.ts': "import '../renderer/b.ts';\n", 'renderer/b.ts': value }],
  ['renderer-imports', { 'renderer/a.ts': "import '../protocol/b.ts';\n", 'protocol/b.ts': value }],
  ['renderer-contract-only', { 'renderer/a.ts': "import '../main/store/b.ts';\n", 'main/store/b.ts': value }],
  [
    'renderer-types-only',
    {
      'renderer/a.ts': "import { value } from '../main/api/b.ts';\nexport { value };\n",
      'main/api/b.ts': value,
    },
  ],
  [
    'format-stands-alone',
    {
      'main/api/format.ts': "import { value } from './b.ts';\nexport { value };\n",
      'main/api/b.ts': value,
    },
  ],
  ['renderer-no-node', { 'renderer/a.ts': "import 'node:fs';\n" }],
  ['network-only-in-sync', { 'main/services/a.ts': "import 'axios';\n" }],
  ['electron-only-in-its-host', { 'main/services/a.ts': "import 'electron';\n" }],
  ['numeric-work-stays-in-training', { 'main/a.ts': "import 'onnxruntime-node';\n" }],
  [
    'numeric-work-never-reached',
    {
      'main/a.ts': "import '../training/random/b.ts';\n",
      'training/random/b.ts': "import 'onnxruntime-node';\n",
    },
  ],
  ['runtime-without-telemetry', { 'training/engine/a.ts': "import 'onnxruntime-node';\n" }],
  ['no-circles', { 'main/a.ts': "import './b.ts';\n", 'main/b.ts': "import './a.ts';\n" }],
  [
    'no-circles',
    {
      'main/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
      'main/b.ts': "import type { A } from './a.ts';\nexport type B = A;\n",
    },
  ],
  ...['protocol', 'training', 'main', 'renderer', 'aggregator'].map(
    (room) => [`${room}-floors-complete`, { [`${room}/a.ts`]: "import 'zod';\n" }] as const,
  ),
];

/** The same files under names of their own, so that many cases stand in one tree. */
function apart(files: Readonly<Record<string, string>>, index: number): Record<string, string> {
  const renamed = (text: string) => text.replace(/\b([ab])\.ts/g, `$1${index}.ts`);
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [renamed(path), renamed(text)]));
}

describe('the import rules', () => {
  it('are each broken by a file that breaks them', async () => {
    const trees = broken.map(([, files], index) => apart(files, index));
    const violations = await violationsOf(Object.assign({}, ...trees));
    const missed = broken.filter(([rule], index) => {
      const [from] = Object.keys(trees[index]!);
      return !violations.some((violation) => violation.rule.name === rule && violation.from === from);
    });
    expect(missed).toEqual([]);
  });

  it('let the rooms import what they may', async () => {
    const files = {
      'protocol/tensors.ts': value,
      'training/random/a.ts': "import '../../protocol/tensors.ts';\n",
      'main/api/a.ts': 'export type Value = number;\n',
      'main/api/format.ts': `import type { Value } from './a.ts';\n${value}export type { Value };\n`,
      'renderer/i18n/a.ts': "import { value } from '../../main/api/format.ts';\nexport { value };\n",
      'main/sync/a.ts': "import 'axios';\nimport '../../training/random/a.ts';\n",
      'aggregator/folder/a.ts': "import '../../protocol/tensors.ts';\n",
      'renderer/style/a.ts':
        "import type { Value } from '../../main/api/a.ts';\nexport const value: Value = 1;\n",
    };
    expect(await violationsOf(files)).toEqual([]);
  });

  it('keep each folder from its neighbours and from the floors above it, and from no floor below', async () => {
    const configuration = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
      forbidden: { name: string; to: { path: string } }[];
    };
    const floors = configuration.forbidden.flatMap(({ name, to }) => {
      const [, room, folder] = /^(\w+)-floor-(.+)$/.exec(name) ?? [];
      return room && folder
        ? [{ room, folder, to: /\((.*?)\)/.exec(to.path)![1]!.replaceAll('\\', '').split('|') }]
        : [];
    });
    const rooms = [...Map.groupBy(floors, ({ room }) => room)].map(([room, own]) => {
      const folders = [...new Set(own.flatMap(({ folder, to }) => [folder, ...to]))];
      const pairs = folders.flatMap((from) => folders.filter((to) => to !== from).map((to) => [from, to]));
      return { room, own, folders, pairs };
    });
    // One tree for all rooms, each folder's file importing from all others: a run costs more than what it looks at.
    const violations = await violationsOf(
      Object.fromEntries(
        rooms.flatMap(({ room, folders }) =>
          folders.flatMap((folder) => {
            const others = folders.filter((other) => other !== folder);
            const imports = others.map((other) => `import '../${other}/value.ts';\n`).join('');
            return [
              [`${room}/${folder}/value.ts`, value],
              [`${room}/${folder}/all.ts`, imports],
            ];
          }),
        ),
      ),
    );
    for (const { room, own, pairs } of rooms) {
      const refused = violations
        .filter(({ from }) => from.startsWith(`${room}/`))
        .map(({ from, to }) => [from, to].map((path) => path.split('/')[1]).join(' '));
      const expected = own.flatMap(({ folder, to }) => to.map((other) => `${folder} ${other}`));
      expect(refused.toSorted()).toEqual(expected.toSorted());
      for (const [a, b] of pairs)
        expect(refused.includes(`${a} ${b}`) || refused.includes(`${b} ${a}`), `${a}, ${b}`).toBe(true);
    }
    expect(rooms.length).toBe(5);
    expect(floors.length).toBeGreaterThan(5);
  });
});
