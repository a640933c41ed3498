import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { readHeldStatus } from '../../../main/services/held-status.ts';
import { personAtWork } from '../../../main/services/people-service.ts';
import { statusAnswer } from '../../../main/services/status-answer.ts';
import { openStore } from '../../../main/store/store.ts';
import { type Typed, typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writePlant } from '../support/plants.ts';
import { withTestedDevices } from '../support/tested-devices.ts';
import { startHeadquarters } from '../support/tested-headquarters.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** `npm run fedrecon -- …` as a person types it. */
function started(words: readonly string[]) {
  const home = temporaryFolder();
  const child = spawn(process.execPath, ['main/cli/fedrecon.ts', ...words], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ NODE_OPTIONS: '', XDG_DATA_HOME: home, HOME: home, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' },
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const ended: Promise<Typed> = once(child, 'close').then(([code]) => ({ code, output, errors }));
  /** Resolves once one of its streams has said so. */
  const said = (stream: 'stdout' | 'stderr', text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if ((stream === 'stdout' ? output : errors).includes(text)) resolve();
      };
      child[stream].on('data', look);
      look();
      ended.then(() => reject(new Error(`it ended without saying "${text}": ${output}${errors}`)), reject);
    });
  return { child, ended, said };
}

/** The same to its end. @param input what is typed on its standard input */
function fedrecon(words: readonly string[], input = ''): Promise<Typed> {
  const { child, ended } = started(words);
  child.stdin.end(input);
  return ended;
}

/** The JSON answer of a command that must have gone well. */
async function answered(words: readonly string[]) {
  const { code, output, errors } = await typed(fedreconCommands, [...words, '--json']);
  expect([code, errors, output]).toEqual([0, errors, output]);
  return JSON.parse(output);
}

const holdings = { Osaka: ['camera', 'gauge', 'note'], Hanoi: ['gauge', 'note'] } as const;

describe('plants without a window', () => {
  it('go from folders to pictures by commands alone', async () => {
    const root = temporaryFolder();
    for (const [name, has] of Object.entries(holdings)) await writePlant(join(root, name), has, 40, name);

    // The plan of a folder, with the rounds that headquarters wants.
    const planFile = join(root, 'new', 'plan.json');
    const made = await answered(['plan', join(root, 'Osaka'), '--preset', 'light', '--out', planFile]);
    expect(made.modalities).toEqual([
      { name: 'camera', kind: 'image' },
      { name: 'gauge', kind: 'signal' },
      { name: 'note', kind: 'text' },
    ]);
    const plan = JSON.parse(await readFile(planFile, 'utf8'));
    plan.stages = plan.stages.slice(0, 2).map((stage: object) => ({ ...stage, rounds: 1 }));
    plan.training.localEpochs = 1;
    plan.rounds = { ...plan.rounds, quorum: 2, opening: 'automatic' };
    plan.policy = { ...plan.policy, adoption: 'signed' };
    await writeFile(planFile, JSON.stringify(plan));
    const headquarters = await startHeadquarters(join(root, 'hq'), plan);

    const folderOf = (name: string) => join(root, 'data', name);
    const data = (name: string) => ['--data', folderOf(name)];
    const takeUp = async (name: string, has: readonly string[]) => {
      await mkdir(folderOf(name), { recursive: true });
      await withTestedDevices(folderOf(name));
      const invitation = await headquarters.invite(name);
      const words = ['join', invitation, '--has', has.join(','), ...data(name)];
      if (name === 'Osaka') {
        const asked = await fedrecon([...words, '--json']);
        expect([asked.code, JSON.parse(asked.output).code]).toEqual([1, 'plan-not-agreed']);
        const agreed = await fedrecon(words, 'yes\n');
        expect(agreed.code).toBe(0);
        expect(agreed.output).toMatch(/Training goes on for 2 rounds\.[\s\S]*Osaka has joined/);
      } else
        expect(await answered([...words, '--yes'])).toMatchObject({ plant: name, has, lacks: ['camera'] });
      const misnamed = ['import', join(root, name), ...data(name), '--set', 'empty.外観=remove'];
      expect(await typed(fedreconCommands, misnamed)).toMatchObject({
        code: 2,
        errors: expect.stringMatching(/one of .*gauge.*外観/),
      });
      expect(await answered(['import', join(root, name), ...data(name)])).toMatchObject({
        ...{ parts: 40, new: 40, known: 0, problems: [] },
      });
    };
    await Promise.all(Object.entries(holdings).map(([name, has]) => takeUp(name, has)));

    // One takes part in what is open and ends; another time there is nothing but waiting, and the exit code says so.
    const once = ['run', '--once', '--threads', '1', '--json', ...data('Osaka')];
    let first = await typed(fedreconCommands, once);
    // Headquarters opens the round in its own time.
    while (first.code === 3) first = await typed(fedreconCommands, once);
    expect([first.code, first.errors]).toEqual([0, first.errors]);
    expect(statusAnswer.parse(JSON.parse(first.output))).toMatchObject({
      federation: { round: 1, contributedRounds: 1 },
      participating: false,
    });
    expect((await typed(fedreconCommands, once)).code).toBe(3);

    // One of them is open twice meanwhile: it says where it stands, and nothing else is done there.
    const run = (name: string) => ['run', '--threads', '1', '--json', ...data(name)];
    const osakas = started(['watch', join(root, 'Osaka'), ...data('Osaka')]);
    const hanois = started(run('Hanoi'));
    await hanois.said('stderr', 'round 1 of 2');
    const whileHeld = async () => statusAnswer.parse(await answered(['status', ...data('Hanoi')]));
    let stands = await whileHeld();
    // What the other process writes down is a moment behind what it says.
    while (!stands.participating) stands = await whileHeld();
    expect(stands).toMatchObject({ federation: { plant: 'Hanoi' }, data: { parts: 40 } });
    const held = await typed(fedreconCommands, ['status', ...data('Hanoi')]);
    expect(held.output).toMatch(
      new RegExp(`^Held by process ${hanois.child.pid} \\(fedrecon run\\) since [^;]+; this is from `),
    );
    const twice = await typed(fedreconCommands, ['reconstruct', ...data('Hanoi'), '--json']);
    expect([twice.code, JSON.parse(twice.output)]).toEqual([
      1,
      {
        code: 'data-folder-in-use',
        message: expect.stringMatching(`process ${hanois.child.pid}, fedrecon run, since .*Ctrl-C`),
      },
    ]);
    const hanoi = await hanois.ended;
    expect(hanoi.code).toBe(0);
    osakas.child.kill('SIGTERM');
    expect((await osakas.ended).code).toBe(130);
    // What a process that is gone left behind is not believed, and the next one takes it away.
    const kept = join(folderOf('Osaka'), 'status.json');
    expect(existsSync(kept)).toBe(false);
    await writeFile(
      kept,
      JSON.stringify({
        ...JSON.parse(hanoi.output),
        heldBy: { ...stands.heldBy, process: osakas.child.pid },
      }),
    );
    expect(await readHeldStatus(folderOf('Osaka'))).toBeUndefined();
    // Watching joins the rounds that are open by themselves.
    expect(statusAnswer.parse(await answered(['status', ...data('Osaka')]))).toMatchObject({
      federation: { plant: 'Osaka', contributedRounds: 2 },
    });
    expect(existsSync(kept)).toBe(false);
    expect(hanoi.errors).toMatch(/round 2 of 2, mappings: training/);

    const status = statusAnswer.parse(await answered(['status', ...data('Hanoi')]));
    expect(status).toMatchObject({
      federation: { plant: 'Hanoi', round: 2, rounds: 2, roundState: 'finished', contributedRounds: 2 },
      participating: false,
      model: { newest: 2, inUse: null, pending: 2, isHeldBack: false },
      reconstructed: null,
    });
    expect(statusAnswer.parse(JSON.parse(hanoi.output))).toEqual(status);

    // The plan wants a person for a version, who knows that a plant without a camera cannot judge its images.
    const signs = async (...words: string[]) => {
      const { code, output } = await typed(fedreconCommands, [
        'sign',
        '2',
        ...data('Hanoi'),
        '--json',
        ...words,
      ]);
      return [code, JSON.parse(output)];
    };
    const engineer = ['--yes', '--as', 'Lan:engineer'];
    expect(await signs('--yes')).toEqual([1, expect.objectContaining({ code: 'person-unknown' })]);
    expect(await signs(...engineer)).toEqual([1, expect.objectContaining({ code: 'sign-off-acknowledge' })]);
    const card = await typed(fedreconCommands, ['models', '2', ...data('Hanoi')]);
    expect(card.output).toMatch(/Evaluated on \d+ of[\s\S]*gauge from note: Mean error[\s\S]*--acknowledge/);
    expect(await signs(...engineer, '--acknowledge')).toEqual([
      0,
      { version: 2, action: 'use', reconstructed: expect.objectContaining({ modelVersion: 2, parts: 40 }) },
    ]);
    const { versions } = await answered(['models', ...data('Hanoi')]);
    expect(versions[0]).toMatchObject({ version: 2, state: 'in-use', decision: { name: 'Lan' } });
    const holds = ['hold', '2', '--reason', 'too late', '--as', 'Lan:engineer', ...data('Hanoi'), '--json'];
    const heldBack = await typed(fedreconCommands, holds);
    expect([heldBack.code, JSON.parse(heldBack.output).code]).toEqual([1, 'model-in-use']);
    const again = await answered(['reconstruct', ...data('Hanoi')]);
    expect(again).toMatchObject({ reconstructed: { modelVersion: 2, parts: 40 }, pending: null });

    // Who may export is for the plan to say.
    const out = join(root, 'out', 'pictures');
    const words = ['export', '--out', out, ...data('Hanoi')];
    const nobody = await typed(fedreconCommands, [...words, '--json']);
    expect([nobody.code, JSON.parse(nobody.output)]).toEqual([
      1,
      { code: 'person-unknown', message: expect.stringContaining('--as') },
    ]);
    const { exports } = await answered([...words, '--as', 'Lan:engineer']);
    expect(exports).toEqual([{ modality: 'camera', folder: expect.stringContaining(out), parts: 40 }]);
    const files = await readdir(exports[0].folder, { recursive: true });
    const pictures = files.filter((file) => file.endsWith('.png'));
    expect(pictures).toHaveLength(40);
    const picture = decode(readFileSync(join(exports[0].folder, pictures[0]!)));
    expect(picture.width).toBeGreaterThan(0);
    const manifest = JSON.parse(await readFile(join(exports[0].folder, 'manifest.json'), 'utf8'));
    expect(JSON.stringify(manifest)).toContain('Lan');
    const store = await openStore(folderOf('Hanoi'));
    expect(personAtWork(store)).toBeUndefined();
    store.close();
  });

  it('are told what is wrong with their words, before anything is opened', async () => {
    const folder = join(temporaryFolder(), 'none');
    const cases: [string[], number, string][] = [
      [['run', '--data', folder], 1, 'no-workstation'],
      [['run', '--data', folder, '--threads', '0'], 2, 'usage'],
      [['status', '--data', folder], 1, 'no-workstation'],
      [['import'], 2, 'usage'],
      [['import', 'x', '--data', folder, '--set', 'encoding=klingon'], 2, 'usage'],
      [['export', '--data', folder], 2, 'usage'],
      [['reconstruct', '--data', folder, '--as', 'Lan'], 2, 'usage'],
      [['plan', folder, '--preset', 'huge'], 2, 'usage'],
      [['plan', folder], 1, 'folder-missing'],
    ];
    for (const [words, code, name] of cases) {
      const ended = await typed(fedreconCommands, [...words, '--json']);
      expect([words, ended.code, JSON.parse(ended.output).code]).toEqual([words, code, name]);
    }
    expect(existsSync(folder)).toBe(false);
  });
});
