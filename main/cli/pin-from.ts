import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { usageError } from '../../protocol/command-line.ts';

/**
 * The PIN of whoever gives a command: from a file, from standard input (`-`), or else from the environment. It is never a word of the
 * command line, which everybody on a machine can read.
 * @returns undefined where none is given
 * @throws FedReconError `usage` of a file that cannot be read, or holds no PIN
 */
export async function pinFrom(
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
  input: Readable,
): Promise<string | undefined> {
  const given = file === undefined ? environment.FEDRECON_PIN : await contentOf(file, input);
  if (given === undefined || (file === undefined && given === '')) return undefined;
  const pin = given.trim();
  if (/^\d{4,12}$/.test(pin)) return pin;
  throw usageError(
    `${file === undefined ? 'FEDRECON_PIN' : '--pin-file'} holds no PIN, which is 4 to 12 digits.`,
  );
}

async function contentOf(file: string, input: Readable): Promise<string> {
  if (file === '-') return text(input);
  return readFile(file, 'utf8').catch((thrown: unknown) => {
    throw usageError(
      `--pin-file ${file} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}.`,
    );
  });
}
