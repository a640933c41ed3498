import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { fileError } from './file-errors.ts';

/**
 * The workstation's own Ed25519 key. It is made here, readable by its owner only, and never leaves the folder.
 * @throws FedReconError `store-damaged` when the file is no such key, `disk-full`, `data-folder-unusable`
 */
export function deviceKey(folder: string): KeyObject {
  const path = join(folder, 'device-key.pem');
  const stored = readIfThere(path);
  if (stored !== undefined) {
    try {
      const key = createPrivateKey(stored);
      if (key.asymmetricKeyType === 'ed25519') return key;
    } catch {
      // Reported below: a key that cannot be read and one of another kind are the same trouble.
    }
    throw new FedReconError('store-damaged', { problem: path });
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const temporary = `${path}.new`;
  try {
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch (thrown) {
    throw fileError(thrown, path);
  }
  return privateKey;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw fileError(thrown, path);
  }
}
