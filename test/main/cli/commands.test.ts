import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';

const answering = [...fedreconCommands].flatMap(([name, { answersJson }]) => (answersJson ? [name] : []));

it('every command says how it is called, and refuses in JSON what it does not know', async () => {
  for (const [name, { usage }] of fedreconCommands) {
    const help = await typed(fedreconCommands, [...name.split(' '), '--help']);
    expect([name, help.code, help.errors]).toEqual([name, 0, '']);
    if (name !== 'help') expect(help.output.startsWith(`${usage}\n`)).toBe(true);
  }
  expect(answering.length).toBeGreaterThan(10);
  for (const name of [...answering, 'xyz']) {
    const { code, output } = await typed(fedreconCommands, [...name.split(' '), '--nonsense', '--json']);
    expect([name, code, JSON.parse(output).code]).toEqual([name, 2, 'usage']);
  }
});

it('every command at a data folder refuses one that holds none, and a file in its place', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  await writeFile(file, 'x');
  const words: Readonly<Record<string, readonly string[]>> = {
    import: [folder],
    export: ['--out', folder],
    watch: [folder],
    undo: ['1'],
    delete: ['--all'],
    'audit export': [join(folder, 'log.jsonl')],
    inspect: [folder],
  };
  for (const name of ['run', 'reconstruct', 'status', ...Object.keys(words)])
    for (const data of [folder, file]) {
      const typedWords = [...name.split(' '), ...(words[name] ?? []), '--data', data, '--json'];
      const { code, output } = await typed(fedreconCommands, typedWords);
      expect([name, code, JSON.parse(output).code]).toEqual([name, 1, 'no-workstation']);
    }
});

it('every command at a folder of parts refuses one that is not there, and a file in its place', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'parts.csv');
  await writeFile(file, 'id,x\n1,2\n');
  for (const name of ['inspect', 'plan'])
    for (const [place, expected] of [
      [join(folder, 'nowhere'), 'folder-missing'],
      [file, 'folder-is-file'],
    ] as const) {
      const { code, output } = await typed(fedreconCommands, [name, place, '--json']);
      expect([name, code, JSON.parse(output).code]).toEqual([name, 1, expected]);
    }
});
