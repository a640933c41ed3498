import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { emptyHead, type LogEntry } from '../../../main/log/entries.ts';
import { checkLogFile, entryLine, sealLine } from '../../../main/log/log-file.ts';
import { exportLog } from '../../../main/services/log-service.ts';
import { openStore } from '../../../main/store/store.ts';
import { type Typed, typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';

const entries = 6;

/** A workstation's folder with a few entries, the app closed. */
async function workstation(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openStore(folder);
  for (let index = 1; index < entries; index++)
    store.log.append({
      action: 'decision.accept',
      actor: { name: 'Lan', role: 'operator' },
      object: 'ab'.repeat(32),
      detail: { part: `部品 ${index}`, modality: 'camera', confidence: index / 7 },
    });
  store.close();
  return folder;
}

/** The bytes of its log as an auditor gets them. */
async function exported(): Promise<Buffer> {
  const folder = await workstation();
  const store = await openStore(folder);
  const { path } = await exportLog(store, join(folder, 'log.jsonl'));
  store.close();
  return readFileSync(path);
}

/** The line at which a file is broken, or undefined. */
function brokenLine(bytes: Uint8Array): unknown {
  try {
    checkLogFile(bytes);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({ code: 'log-broken' });
    return (error as { detail: { line: number } }).detail.line;
  }
}

const lineOf = (bytes: Uint8Array, place: number) =>
  bytes.subarray(0, place).filter((byte) => byte === 10).length + 1;

describe('the file for an auditor', () => {
  it('is whole as it was written, and its own writing is its last entry', async () => {
    const bytes = await exported();
    expect(checkLogFile(bytes)).toMatchObject({ format: 'fedrecon-log/1', entries, plant: '' });
    const last = JSON.parse(bytes.toString('utf8').split('\n').at(-3)!) as LogEntry;
    expect(last).toMatchObject({ sequence: entries, action: 'log.exported' });
  });

  it('betrays any change of any byte, and the line it is in', async () => {
    const bytes = await exported();
    const change = fc.record({
      place: fc.nat({ max: bytes.length - 1 }),
      byte: fc.nat({ max: 255 }),
      how: fc.constantFrom('replace', 'insert', 'remove'),
    });
    fc.assert(
      fc.property(change, ({ place, byte, how }) => {
        const changed = [...bytes];
        changed.splice(place, how === 'insert' ? 0 : 1, ...(how === 'remove' ? [] : [byte]));
        const after = Uint8Array.from(changed);
        if (Buffer.compare(after, bytes) === 0) return;
        const first = after.findIndex((value, index) => value !== bytes[index]);
        expect(brokenLine(after)).toBe(lineOf(bytes, first < 0 ? after.length : first));
      }),
      { numRuns: 400, seed: 8 },
    );
  });

  it('betrays lines that are missing, doubled, in another order, or cut off', async () => {
    const lines = (await exported()).toString('utf8').trimEnd().split('\n');
    const broken = (changed: readonly string[]) =>
      brokenLine(Buffer.from(changed.map((line) => `${line}\n`).join('')));
    expect(broken(lines)).toBeUndefined();
    for (let index = 0; index < lines.length; index++) {
      expect(broken(lines.toSpliced(index, 1))).toBe(index + 1);
      expect(broken(lines.toSpliced(index, 0, lines[index]!))).toBe(index + (index === entries ? 1 : 2));
      expect(broken(lines.slice(0, index))).toBe(index + 1);
    }
    for (let index = 1; index < entries; index++)
      expect(broken(lines.with(index, lines[index - 1]!).with(index - 1, lines[index]!))).toBe(index);
  });

  it('cannot be sealed anew by who lacks the key that its seal names', async () => {
    const lines = (await exported()).toString('utf8').trimEnd().split('\n');
    const kept = lines.slice(0, 3).map((line) => JSON.parse(line) as LogEntry);
    const [own, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const shortened = (seal: string) => Buffer.from(kept.map(entryLine).join('') + seal);
    const of = { at: '2026-01-01T00:00:00Z', plant: '' };
    expect(brokenLine(shortened(sealLine(kept[2]!, of, own)))).toBeUndefined();
    expect(brokenLine(shortened(sealLine(kept[2]!, of, { ...own, publicKey: other.publicKey })))).toBe(4);
    expect(brokenLine(shortened(sealLine(emptyHead, of, own)))).toBe(4);
  });
});

describe('npm run fedrecon -- audit', () => {
  /** Runs the command as a person does. */
  function fedrecon(...words: string[]): Promise<Typed> {
    const cli = fileURLToPath(new URL('../../../main/cli/fedrecon.ts', import.meta.url));
    const child = spawn(process.execPath, [cli, ...words], {
      env: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })));
  }

  it('writes a closed workstation’s log, checks it anywhere, and names the first broken line', async () => {
    const folder = await workstation();
    const file = join(folder, 'log.jsonl');
    expect(await fedrecon('audit', 'export', file, '--data', folder)).toMatchObject({
      code: 0,
      output: `${entries} entries are in ${file}.\n`,
    });
    const told = await typed(fedreconCommands, ['audit', 'verify', file, '--json']);
    expect(JSON.parse(told.output)).toMatchObject({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      keyId: expect.any(String),
    });
    expect(await typed(fedreconCommands, ['audit', 'verify', file])).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^The log is whole: 6 entries, written [^\n]+\nLast entry +\w{64}\nSealed by +\w{64}\n$/,
      ),
    });
    writeFileSync(file, readFileSync(file, 'utf8').replace('部品 3', '部品 9'));
    expect(await typed(fedreconCommands, ['audit', 'verify', file])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('not as it was written from line 3 on'),
    });
  });

  it('finds out a log that was written anew, by a file from before', async () => {
    const folder = await workstation();
    const at = (name: string) => join(folder, name);
    const store = await openStore(folder);
    await exportLog(store, at('old'));
    await exportLog(store, at('new'));
    store.close();
    const other = await openStore(await workstation());
    await exportLog(other, at('anew'));
    other.close();
    const verify = (file: string, earlier: string) =>
      fedreconCommands.get('audit verify')!.run([at(file), '--earlier', at(earlier)]);
    await verify('new', 'old');
    await expect(verify('old', 'new')).rejects.toMatchObject({
      code: 'log-broken',
      detail: { line: entries + 1 },
    });
    await expect(verify('anew', 'old')).rejects.toMatchObject({ code: 'log-broken', detail: { line: 1 } });
  });

  it('makes no workstation where there is none, and says which word is missing', async () => {
    const folder = temporaryFolder();
    const run = (name: string, ...words: string[]) => fedreconCommands.get(name)!.run(words);
    await expect(run('audit export', join(folder, 'log'), '--data', folder)).rejects.toMatchObject({
      code: 'no-workstation',
    });
    expect(existsSync(join(folder, 'workstation.sqlite'))).toBe(false);
    await expect(run('audit export')).rejects.toMatchObject({ code: 'usage' });
    await expect(run('audit verify', join(folder, 'nothing'))).rejects.toMatchObject({ code: 'usage' });
  });

  it('does not disturb an open app', async () => {
    const folder = await workstation();
    const store = await openStore(folder);
    await expect(
      fedreconCommands.get('audit export')!.run([join(folder, 'log'), '--data', folder]),
    ).rejects.toMatchObject({ code: 'data-folder-in-use' });
    store.close();
  });
});
