import { readFile, stat } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { usageError } from '../../protocol/command-line.ts';

/** Bytes of the longest file that an invitation is looked for in: a letter around it is a few kilobytes. */
const longestFile = 1_000_000;

/**
 * The text with an invitation that a word of a command line names: a file that holds it, `-` for standard input, or the invitation
 * itself, which other accounts of the machine can read while the command runs.
 * @throws FedReconError `usage` where the file cannot be read
 */
export async function invitationText(word: string): Promise<string> {
  if (word === '-') return textOf(process.stdin);
  const found = await stat(word).catch(() => undefined);
  if (!found) return word;
  if (!found.isFile() || found.size > longestFile) throw usageError(`${word} is no file with an invitation.`);
  return readFile(word, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw usageError(`The file ${word} cannot be read (${cause.code}).`);
  });
}
