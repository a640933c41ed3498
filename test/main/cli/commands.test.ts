import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { atPlant } from '../../../main/cli/at-plant.ts';
import { makeOutFolder } from '../../../main/cli/command-folders.ts';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { invitationText } from '../../../main/cli/invitation-word.ts';
import { settingNames } from '../../../main/services/context.ts';
import { openStore } from '../../../main/store/store.ts';
import { FedReconError } from '../../../protocol/errors.ts';
import { typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';
import { promisedFolder } from '../support/promised.ts';

const answering = [...fedreconCommands].flatMap(([name, { answersJson }]) => (answersJson ? [name] : []));

it('every command says how it is called, with an example and its exit codes, and refuses in JSON what it does not know', async () => {
  for (const [name, { usage }] of fedreconCommands) {
    const help = await typed(fedreconCommands, [...name.split(' '), '--help']);
    expect([name, help.code, help.errors]).toEqual([name, 0, '']);
    if (name === 'help') continue;
    expect(help.output.startsWith(`${usage}\n`)).toBe(true);
    expect(help.output).toMatch(/Exit codes: 0 done, 1 refused or failed, 2 wrongly typed/);
    expect(help.output).toMatch(new RegExp(`Example: ${name} \\S|Example: ${name}$`, 'm'));
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

it('words that were nearly right are answered with what was meant, and an option of one value is taken once', async () => {
  const cases: [readonly string[], RegExp][] = [
    [['sttaus'], /no command "sttaus"; did you mean "status"/],
    [['audti', 'export'], /did you mean "audit export"/],
    [['frobnicate'], /no command "frobnicate"; try help/],
    [['status', '--dta', 'x'], /Unknown option '--dta'; did you mean --data/],
    [['run', '--onec'], /did you mean --once/],
    [['run', '--frobnicate'], /Unknown option '--frobnicate'\.$/],
    [['status', '--data', 'a', '--data', 'b'], /--data is said twice/],
    [['status', '--data'], /argument missing/],
    [['status', '--language', 'fr'], /--language takes ja or en, not "fr"/],
  ];
  for (const [words, said] of cases) {
    const { code, errors } = await typed(fedreconCommands, words);
    expect([code, errors.trim()]).toEqual([2, expect.stringMatching(said)]);
  }
  const refused = await typed(fedreconCommands, [
    'status',
    '--data',
    temporaryFolder(),
    '--language',
    'ja',
    '--json',
  ]);
  expect(JSON.parse(refused.output).message).toMatch(/端末のデータがありません/);
});

it('a setting that cannot be is refused in the language of whoever typed it, with what it takes and what was meant', async () => {
  const cases: [setting: string, en: RegExp, ja: RegExp][] = [
    [
      'encoding=KOI8-X',
      /one of UTF-8.*not "KOI8-X"; did you mean "KOI8-R"/,
      /「KOI8-X」は指定できません.*「KOI8-R」/,
    ],
    [
      'encodin=UTF-8',
      /knows encoding,.*did you mean "encoding"/,
      /「encodin」という項目はありません.*「encoding」/,
    ],
    ['header=x', /number of a row up to 1000/, /行の番号/],
    ['thousands=_', /one of ",", ".", "'", " ", none, not "_"\.$/, /「_」は指定できません/],
    ['delimiter=komma', /did you mean "comma"/, /「comma」/],
    ['bits.camera=9', /8, 10, 12, 14 or 16, not "9"/, /8、10、12、14、16/],
    ['empty.gauge=gone', /one of keep, remove/, /keep、remove/],
  ];
  for (const [setting, en, ja] of cases)
    for (const [language, said] of [
      ['en', en],
      ['ja', ja],
    ] as const) {
      const words = ['inspect', temporaryFolder(), '--set', setting, '--language', language];
      const { code, errors } = await typed(fedreconCommands, words);
      expect([code, errors.trim()]).toEqual([2, expect.stringMatching(said)]);
    }
});

it('an invitation is its text or a file that holds it; what cannot be one makes no data folder', async () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const letter = join(folder, 'letter.txt');
  await writeFile(letter, 'Dear Lan, FEDRECON1-abc');
  expect([await invitationText(letter), await invitationText('FEDRECON1-x')]).toEqual([
    'Dear Lan, FEDRECON1-abc',
    'FEDRECON1-x',
  ]);
  const cases: [readonly string[], number, string][] = [
    [[letter], 1, 'invitation-mistyped'],
    [['FEDRECON1-cut'], 1, 'invitation-mistyped'],
    [[''], 1, 'invitation-mistyped'],
    [[folder], 2, 'usage'],
    [['-'], 2, 'usage'],
  ];
  for (const [words, code, name] of cases) {
    const joined = await typed(fedreconCommands, ['join', ...words, '--data', data, '--json']);
    expect([words, joined.code, JSON.parse(joined.output).code]).toEqual([words, code, name]);
  }
  expect(existsSync(data)).toBe(false);
});

it('the next command takes away what an export of a killed one left half-written, and nothing else', async () => {
  const [data, out] = [temporaryFolder(), temporaryFolder()];
  const folder = (name: string) => join(out, `fedrecon-camera-${name}`);
  for (const name of ['1Z', '2Z.partial', '3Z.partial']) await mkdir(folder(name));
  await writeFile(join(folder('2Z.partial'), '00001-P1.png'), 'x');
  const store = await openStore(data);
  store.settings.set(settingNames.exporting, folder('2Z.partial'));
  store.close();
  expect((await typed(fedreconCommands, ['status', '--data', data])).code).toBe(0);
  expect(['1Z', '2Z.partial', '3Z.partial'].map((name) => existsSync(folder(name)))).toEqual([
    true,
    false,
    true,
  ]);
  const after = await openStore(data);
  expect(after.settings.get(settingNames.exporting)).toBeNull();
  after.close();
});

it('a command that is stopped says so in JSON where it has no answer, and ends with 130', async () => {
  const data = temporaryFolder();
  (await openStore(data)).close();
  const stopped = (work: () => void) => ({
    ...{ usage: 'x', summary: 'x', answersJson: true },
    run: () => atPlant({ data, json: true }, { command: 'x' }, async () => work()),
  });
  const stop = () => void process.emit('SIGHUP');
  const cut = () => {
    stop();
    throw new Error('cut short');
  };
  const done = await typed(new Map([['x', stopped(stop)]]), ['x', '--json']);
  expect([done.code, done.output]).toEqual([130, '']);
  const ended = await typed(new Map([['x', stopped(cut)]]), ['x', '--json']);
  expect([ended.code, JSON.parse(ended.output).code]).toEqual([130, 'command-stopped']);
  // So does one without a workstation, whose temporary files are gone by then.
  const looking = {
    usage: 'y',
    summary: 'y',
    run: () => Promise.reject(new FedReconError('command-stopped')),
  };
  const looked = await typed(new Map([['y', looking]]), ['y', '--language', 'ja']);
  expect([looked.code, looked.errors]).toEqual([130, expect.stringMatching(/中止しました。/)]);
  const off = await typed(fedreconCommands, ['watch', '--off', '--data', data, '--json']);
  expect([off.code, JSON.parse(off.output)]).toEqual([0, { watching: null }]);
});

it('nothing is exported into the data folder, and neither it nor what holds it is watched', async () => {
  const around = temporaryFolder();
  const data = await promisedFolder(join(around, 'data'), 2);
  const cases: [readonly string[], string][] = [
    [['export', '--out', join(data, 'files'), '--as', 'Lan:engineer'], 'folder-of-data'],
    [['watch', data], 'folder-of-data'],
    [['watch', around], 'folder-of-data'],
  ];
  for (const [words, name] of cases) {
    const { code, output } = await typed(fedreconCommands, [...words, '--data', data, '--json']);
    expect([words, code, JSON.parse(output).code]).toEqual([words, 1, name]);
  }
  const [empty, out] = [temporaryFolder(), temporaryFolder()];
  (await openStore(empty)).close();
  const nothing = await typed(fedreconCommands, ['export', '--out', out, '--data', empty, '--json']);
  expect([nothing.code, JSON.parse(nothing.output).code]).toEqual([1, 'reconstructions-none']);
});

it('a plan file that is there is replaced only when that is said, and a folder that cannot be made is refused', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'parts.csv'), `id,gauge,note\n${rowsOf(30)}`);
  const file = join(folder, 'plan.json');
  await writeFile(file, 'edited by hand');
  const words = ['plan', folder, '--out', file, '--json'];
  const refused = await typed(fedreconCommands, words);
  expect([refused.code, JSON.parse(refused.output).message]).toEqual([
    2,
    expect.stringContaining('--replace'),
  ]);
  expect(await readFile(file, 'utf8')).toBe('edited by hand');
  const replaced = await typed(fedreconCommands, [...words, '--replace']);
  expect([replaced.code, replaced.errors]).toEqual([0, '']);
  expect(JSON.parse(await readFile(file, 'utf8')).format).toMatch(/^fedrecon-plan/);
  if (process.platform === 'linux')
    expect(() => makeOutFolder('/proc/none/out')).toThrow(expect.objectContaining({ code: 'usage' }));
});

function rowsOf(count: number): string {
  return Array.from({ length: count }, (_, row) => `P${row},${row}.5,scratch at place ${row % 3}\n`).join('');
}
