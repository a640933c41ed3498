import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { keyIdOf, parsePublicKey } from '../../protocol/signatures.ts';
import { counted } from '../api/format.ts';
import { checkLogFile } from '../log/log-file.ts';
import { exportLog } from '../services/log-service.ts';
import { openStore } from '../store/store.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { printAnswer } from './at-plant.ts';
import { assertHoldsWorkstation } from './command-folders.ts';

const json = { type: 'boolean', default: false } as const;

/** Writes the log of a workstation whose app is closed; with the app open, its own button does the same. */
export const auditExport: Command = {
  usage: 'audit export FILE [--data DIR] [--json]',
  summary: 'Writes the whole log of a workstation for an auditor: JSON lines, sealed with its key.',
  answersJson: true,
  example: 'log.jsonl --data /data',
  run: async (words) => {
    const { values, positionals } = parseWords(
      words,
      { data: { type: 'string', default: defaultDataFolder() }, json },
      ['The file to write'],
    );
    const folder = resolve(values.data);
    assertHoldsWorkstation(folder);
    const store = await openStore(folder);
    try {
      const { path, entries } = await exportLog(store, resolve(positionals[0]!));
      printAnswer(values.json, { path, entries }, [
        `${counted(entries, 'entry is', 'entries are')} in ${path}.`,
      ]);
    } finally {
      store.close();
    }
  },
};

/** Verifies the file of a log; needs files alone, no workstation and no network. */
export const auditVerify: Command = {
  usage: 'audit verify FILE [--earlier FILE] [--json]',
  summary:
    'Checks such a file to the byte: says what it holds, or names the first broken line. --earlier: and that it goes on from an older one.',
  answersJson: true,
  example: 'log.jsonl --earlier log-2026.jsonl',
  run: async (words) => {
    const { values, positionals } = parseWords(words, { earlier: { type: 'string' }, json }, [
      'The file to check',
    ]);
    const bytes = await contents(positionals[0]!);
    const { entries, hash, at, plant, key } = checkLogFile(bytes);
    if (values.earlier !== undefined) {
      const earlier = await contents(values.earlier);
      const { entries: kept, key: before } = checkLogFile(earlier);
      checkContinues(linesOf(earlier).slice(0, kept), linesOf(bytes));
      if (before !== key)
        throw broken(entries + 1, 'it is sealed by another workstation than the earlier file');
    }
    const keyId = keyIdOf(parsePublicKey(key));
    printAnswer(values.json, { entries, plant, at, hash, keyId }, [
      `The log is whole: ${counted(entries, 'entry', 'entries')}${plant && ` of ${plant}`}, written ${at}.`,
      `Last entry  ${hash}`,
      `Sealed by   ${keyId}`,
    ]);
  },
};

/**
 * Checks that a later file begins with all lines of an earlier one.
 * @throws FedReconError `log-broken` naming the first line that the earlier file has otherwise
 */
function checkContinues(earlier: readonly string[], later: readonly string[]): void {
  const other = earlier.findIndex((line, index) => later[index] !== line);
  if (other >= 0) throw broken(other + 1, 'the earlier file has another entry there');
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n');
}

function broken(line: number, problem: string): FedReconError {
  return new FedReconError('log-broken', { line, problem });
}

async function contents(file: string): Promise<Buffer> {
  return await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw usageError(`The file ${file} cannot be read (${cause.code}).`);
  });
}
