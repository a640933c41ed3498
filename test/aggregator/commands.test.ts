import { fork } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregatorCommands } from '../../aggregator/commands/command-table.ts';
import type { Status } from '../../aggregator/headquarters/admin-commands.ts';
import { decodeInvitation } from '../../protocol/invitation.ts';
import { presetNames } from '../../protocol/kinds/preset-numbers.ts';
import { modulesOf } from '../../protocol/modules.ts';
import { typed } from '../support/typed-command.ts';
import { smallPlan } from './support/plan.ts';
import { TestPlant } from './support/plant.ts';
import { cli, runCommand, type ServerProcess, startServer } from './support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'fedrecon-commands-'));
const data = join(folder, 'data');
const planFile = join(folder, 'plan.json');
const plan = smallPlan();
let server: ServerProcess | undefined;

beforeAll(async () => {
  writeFileSync(planFile, JSON.stringify(plan));
  const words = ['init', '--plan', planFile, '--data', data, '--port', '0', '--host', 'aggregator.example'];
  expect(await typed(aggregatorCommands, words)).toMatchObject({ code: 0, errors: '' });
});
afterAll(async () => {
  await server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A command in this process on the federation's folder. */
const on = (...words: string[]) => typed(aggregatorCommands, [...words, '--data', data]);

describe('the aggregator command', () => {
  it('says in one sentence what is wrong with the words, and exits with 2', async () => {
    const mistakes: [command: string, words: string[], problem: RegExp][] = [
      ['init', [], /--plan FILE/],
      ['init', ['--plan', join(folder, 'nowhere.json')], /nowhere.json cannot be read \(ENOENT\)/],
      ['init', ['--plan', planFile, '--host', 'a b'], /host name or an IP address/],
      ['invite', [], /name of the plant is missing/],
      ['invite', ['Osaka', 'Hanoi'], /"Hanoi" is one word too many/],
      ['invite', ['Osaka', '--days', '0'], /--days takes a whole number from 1 to 365/],
      ['invite', ['x'.repeat(81)], /1 to 80 characters/],
      ['start', ['--port', '99999'], /--port takes a whole number/],
      ['calibrate', ['newest'], /VERSION is a whole number, not "newest"/],
      ['status', ['--colour'], /--colour/],
    ];
    for (const [name, words, problem] of mistakes)
      await expect(aggregatorCommands.get(name)!.run([...words, '--data', data])).rejects.toMatchObject({
        code: 'usage',
        detail: { problem: expect.stringMatching(problem) },
      });
    for (const run of [on('launch'), runCommand(['invite', '--data', data])]) {
      const { code, output, errors } = await run;
      expect([code, output]).toEqual([2, '']);
      expect(errors.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('lists the modules of a plan with their parameters, bytes and MFLOP, and the sum', async () => {
    const { code, output } = await on('plan', planFile);
    expect(code).toBe(0);
    const counts = [
      ...output.matchAll(/^(\S+) +([\d,]+) parameters +([\d,]+) bytes +([\d,.]+) MFLOP a part$/gm),
    ].map((match) => ({
      module: match[1]!,
      parameters: Number(match[2]!.replaceAll(',', '')),
      bytes: Number(match[3]!.replaceAll(',', '')),
      mflop: Number(match[4]!.replaceAll(',', '')),
    }));
    const modules = counts.slice(0, -1);
    expect(modules.map(({ module }) => module)).toEqual(modulesOf(plan));
    const sum = modules.reduce((total, { parameters }) => total + parameters, 0);
    const flop = modules.reduce((total, { mflop }) => total + mflop, 0);
    const mflop = expect.closeTo(flop, 1);
    expect(counts.at(-1)).toEqual({ module: 'all', parameters: sum, bytes: 4 * sum, mflop });
    expect(flop).toBeGreaterThan(0);
  });

  it('lists what each preset costs at each size', async () => {
    const { code, output } = await typed(aggregatorCommands, ['presets']);
    expect(code).toBe(0);
    const tables = output.trim().split('\n\n');
    expect(tables.map((table) => table.split(' ')[0])).toEqual([...presetNames]);
    for (const table of tables) expect(table.split('\n')).toHaveLength(1 + 6 + 3 + 2 + 1);
    expect(output).toMatch(/^ {2}image-28x28x1 +dense 256 128 +478,544 +1,914,176 +0\.95 +2\.46$/m);
  });

  it('names the wrong field of a plan, and a folder that is taken or empty, and exits with 1', async () => {
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify({ ...plan, rounds: { quorum: 0 } }));
    const elsewhere = join(folder, 'elsewhere');
    const invalid = await typed(aggregatorCommands, ['init', '--plan', wrong, '--data', elsewhere]);
    expect([invalid.code, invalid.errors]).toEqual([1, expect.stringContaining('rounds.quorum')]);
    const again = await on('init', '--plan', planFile);
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('already holds a federation')]);
    const missing = await typed(aggregatorCommands, ['start', '--data', elsewhere]);
    expect([missing.code, missing.errors]).toEqual([
      1,
      expect.stringMatching(/^There is no federation.*\n.*\n$/),
    ]);
  });

  it('keeps keys readable by their owner alone, and gives the server a name that plants can check', () => {
    for (const name of readdirSync(data).filter((entry) => entry.endsWith('key.pem')))
      expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
    const certificate = new X509Certificate(readFileSync(join(data, 'server.pem')));
    const authority = new X509Certificate(readFileSync(join(data, 'ca.pem')));
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkHost('aggregator.example')).toBe('aggregator.example');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(authority.ca).toBe(true);
  });

  it('works the same before and while the server runs, and while other commands do', async () => {
    const before = await on('invite', 'Osaka');
    expect(before.code).toBe(0);
    server = await startServer(['--data', data]);
    const [hanoi, porto, status] = await Promise.all([
      runCommand(['invite', 'Hanoi', '--days', '2', '--data', data]),
      on('invite', 'Porto'),
      on('status', '--json'),
    ]);
    expect([hanoi.code, porto.code]).toEqual([0, 0]);
    expect(JSON.parse(status.output)).toMatchObject({
      url: server.url,
      round: { state: 'waiting', number: 0 },
    });
    const invitations = [before, hanoi, porto].map(({ output }) => decodeInvitation(output));
    expect(invitations.map(({ plant }) => plant)).toEqual(['Osaka', 'Hanoi', 'Porto']);
    const ca = readFileSync(join(data, 'ca.pem'), 'utf8');
    const fingerprint = new X509Certificate(ca).fingerprint256.replaceAll(':', '').toLowerCase();
    for (const invitation of invitations)
      expect(invitation).toMatchObject({ url: server.url, caFingerprint: fingerprint });

    const refused = await on('round');
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining('needs 2 plants, and 0 have joined'),
    ]);
    const url = server.url.replace('aggregator.example', '127.0.0.1');
    for (const invitation of invitations.slice(0, 2)) {
      const plant = new TestPlant(invitation.plant, ['note'], { plan, url, ca, clock: Date.now });
      await plant.enrol(invitation);
    }
    expect((await on('round')).output).toBe('Round 1 is open.\n');
    const words = (await on('status')).output;
    expect(words).toMatch(
      /Round 1 of 3 \(generators\): open, until .*\n {2}Hanoi: note\n {2}Osaka: note\n {2}Porto: invited/,
    );
    expect(words).toContain('The audit log is whole.');
  });

  it('refuses a second server on the same folder', async () => {
    const second = await on('start');
    expect([second.code, second.errors]).toEqual([1, expect.stringContaining('using the data folder')]);
  });

  it('ends cleanly, works on without the server, and starts on no port that is used', async () => {
    const ended = await server!.kill('SIGTERM');
    expect([ended.code, ended.errors]).toEqual([0, '']);
    const status = JSON.parse((await on('status', '--json')).output) as Status;
    expect(status).toMatchObject({
      round: { state: 'open', number: 1 },
      plants: [{ name: 'Hanoi' }, { name: 'Osaka' }],
    });
    const other = createServer().listen(0, 'localhost');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const taken = await on('start', '--port', String(port));
    expect([taken.code, taken.errors]).toEqual([1, expect.stringContaining(`Port ${port} is used`)]);
    other.close();
  });

  it('starts again, ends when the program that started it is gone, and after being killed invites to the usual port', async () => {
    const child = fork(cli, ['start', '--data', data, '--port', '0'], { silent: true });
    await once(child.stdout!, 'data');
    const gone = once(child, 'exit');
    child.disconnect();
    expect((await gone)[0]).toBe(0);
    await (await startServer(['--data', data, '--port', '0'])).kill('SIGKILL');
    const { url } = decodeInvitation((await on('invite', 'Lyon')).output);
    const { port } = JSON.parse(readFileSync(join(data, 'aggregator.json'), 'utf8')) as { port: number };
    expect(url).toBe(`https://aggregator.example:${port}`);
  });
});
