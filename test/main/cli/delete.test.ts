import { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { openStore } from '../../../main/store/store.ts';
import { typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';
import { addParts, enrol } from '../support/promised.ts';
import { withTestedDevices } from '../support/tested-devices.ts';

it('fedrecon delete takes imports back and deletes parts, measurements and everything, once somebody says yes', async () => {
  const folder = await withTestedDevices(temporaryFolder());
  const store = await openStore(folder);
  const of = enrol(store);
  await addParts(store, of, ['P1', 'P2', 'P3'], ['gauge', 'note']);
  await addParts(store, of, ['P10', 'P2'], ['gauge']);
  // A killed command left them: they stand in nobody's way, and come back with nothing.
  for (const kind of ['import', 'reconstruct']) store.jobs.start({ id: `killed ${kind}`, kind, request: {} });
  store.close();
  const run = async (...words: string[]) => {
    const { code, output } = await typed(fedreconCommands, ['delete', ...words, '--data', folder, '--json']);
    return [code, JSON.parse(output)];
  };
  const answer = (text: string) => {
    const input = vi
      .spyOn(process, 'stdin', 'get')
      .mockReturnValue(Readable.from([text]) as typeof process.stdin);
    onTestFinished(() => input.mockRestore());
  };
  const refused = (code: string) => expect.objectContaining({ code });

  expect(await run()).toEqual([2, refused('usage')]);
  expect(await run('--all', '--import', '1')).toEqual([2, refused('usage')]);
  expect(await run('--part', 'P', '--yes')).toEqual([2, refused('usage')]);
  expect(await run('--import', '9', '--yes')).toEqual([1, refused('import-unknown')]);
  expect(await run('--modality', 'radar', '--yes')).toEqual([1, refused('modality-unknown')]);
  answer('no\n');
  expect(await run('--all')).toEqual([1, refused('deletion-not-confirmed')]);
  expect(await run('--list')).toMatchObject([
    0,
    {
      total: 2,
      imports: [
        { id: 2, rows: 2 },
        { id: 1, rows: 3 },
      ],
    },
  ]);

  const undone = async (...words: string[]) => {
    const { code, output } = await typed(fedreconCommands, ['undo', ...words, '--data', folder, '--json']);
    return [code, JSON.parse(output)];
  };
  expect(await undone()).toEqual([2, refused('usage')]);
  expect(await undone('two')).toEqual([2, refused('usage')]);
  expect(await undone('9', '--yes')).toEqual([1, refused('import-unknown')]);
  expect(await undone('--list')).toMatchObject([0, { total: 2 }]);
  answer('yes\n');
  expect(await undone('2', '--as', 'Lan:engineer')).toEqual([
    ...[0, { import: 2, goes: 1, returns: 1, covered: 0 }],
  ]);
  expect(await run('--part', 'P2', '--modality', 'note', '--yes')).toEqual([0, { parts: 0, values: 1 }]);
  expect(await run('--part', 'P1', '--yes')).toEqual([0, { parts: 1, values: 2 }]);
  expect(await run('--modality', 'note', '--yes')).toEqual([0, { parts: 0, values: 1 }]);
  expect(await run('--all', '--yes')).toEqual([0, { parts: 2, values: 2 }]);
  const left = await openStore(folder);
  expect([left.parts.counts().parts, left.imports.count()]).toEqual([0, 0]);
  expect(left.jobs.unfinished()).toEqual([]);
  expect(left.log.latest('data.undone')?.actor.name).toBe('Lan');
  left.close();
});
