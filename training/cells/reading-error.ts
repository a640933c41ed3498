import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { systemWords } from '../../protocol/system-words.ts';

/** An error of the file system while a file of a plant was read, as `file-unreadable`: its drive may have gone. Any other stays as it is. */
export function readingError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return thrown;
  const detail = { file: basename(path), ...systemWords(thrown) };
  return new FedReconError('file-unreadable', detail, { cause: thrown });
}
