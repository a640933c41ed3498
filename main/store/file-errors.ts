import { FedReconError } from '../../protocol/errors.ts';
import { systemWords } from '../../protocol/system-words.ts';

/** A file system's error as one from the table where a person can do something about it. */
export function fileError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown)) return thrown;
  switch (thrown.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FedReconError('disk-full', { path }, { cause: thrown });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new FedReconError(
        'data-folder-unusable',
        { folder: path, ...systemWords(thrown) },
        { cause: thrown },
      );
    default:
      return thrown;
  }
}

/**
 * Error of a file system at a place outside the data folder that a person chose to write to: whatever it is, they can
 * choose another.
 */
export function unwritable(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return thrown;
  return new FedReconError('export-unwritable', { path, ...systemWords(thrown) }, { cause: thrown });
}
