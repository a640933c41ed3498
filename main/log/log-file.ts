import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../protocol/canonical-json.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { parsePublicKey, publicKeyText } from '../../protocol/signatures.ts';
import { emptyHead, follows, type Head, type LogEntry, logEntry } from './entries.ts';

/**
 * Seal: the last line of the file that an auditor is given, after one entry of the log a line, oldest first. It says
 * how many there are and where the chain ends, signed with the workstation's own key.
 */
const seal = z.strictObject({
  seal: z.strictObject({
    format: z.literal('fedrecon-log/1'),
    entries: z.int().min(0),
    /** Hash of the last entry. */
    hash: z.string(),
    /** Time at which the file was written, RFC 3339. */
    at: z.string(),
    plant: z.string(),
    /** The workstation's public key, as headquarters knows it. */
    key: z.string(),
  }),
  /** Ed25519 over the seal's canonical JSON, hex. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

type Seal = z.infer<typeof seal>['seal'];

/** Line of an entry in the file, its end included. */
export function entryLine(entry: LogEntry): string {
  return `${canonicalJson(entry)}\n`;
}

/** The last line of the file, its end included. */
export function sealLine(
  { sequence, hash }: Head,
  { at, plant }: Pick<Seal, 'at' | 'plant'>,
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
): string {
  const key = publicKeyText(keys.publicKey);
  const sealed: Seal = { format: 'fedrecon-log/1', entries: sequence, hash, at, plant, key };
  const signature = sign(null, Buffer.from(canonicalJson(sealed)), keys.privateKey).toString('hex');
  return `${canonicalJson({ seal: sealed, signature })}\n`;
}

/**
 * Checks a file byte by byte: every line is what was written, follows the one before, and the seal fits.
 * @throws FedReconError `log-broken` naming the first line that is not as it was written
 */
export function checkLogFile(bytes: Uint8Array): Seal {
  let reached = emptyHead;
  let number = 0;
  for (const line of linesOf(bytes)) {
    number += 1;
    const broken = (problem: string) => new FedReconError('log-broken', { line: number, problem });
    const document = parsed(line);
    if (document === undefined) throw broken('it is not what a workstation writes');
    const end = seal.safeParse(document);
    if (end.success) {
      if (!line.isLast) throw broken('something follows the seal');
      const { seal: sealed, signature } = end.data;
      if (sealed.entries !== reached.sequence || sealed.hash !== reached.hash)
        throw broken(`the seal is of ${sealed.entries} entries that end otherwise`);
      if (!isSignedBy(sealed, signature)) throw broken('the seal is not signed by the key it names');
      return sealed;
    }
    const entry = logEntry.safeParse(document);
    if (!entry.success) throw broken('it is no entry');
    if (!follows(reached, entry.data))
      throw broken(
        entry.data.sequence === reached.sequence + 1
          ? 'its contents do not fit its fingerprint, or not the entry before'
          : `entry ${reached.sequence + 1} should stand there`,
      );
    reached = entry.data;
  }
  throw new FedReconError('log-broken', { line: number + 1, problem: 'the seal is missing' });
}

interface Line {
  /** Text of the line; undefined where the bytes are no text. */
  readonly text: string | undefined;
  readonly isLast: boolean;
}

/** Lines that end as they should; what follows the last end is a line of its own, without text. */
function* linesOf(bytes: Uint8Array): Generator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    let text: string | undefined;
    try {
      if (end >= 0) text = decoder.decode(bytes.subarray(start, end));
    } catch {
      // No text: the line is not as it was written.
    }
    start = end < 0 ? bytes.length : end + 1;
    yield { text, isLast: start === bytes.length };
  }
}

/** The document of a line; undefined unless the line is its canonical JSON to the byte. */
function parsed({ text }: Line): unknown {
  try {
    const document: unknown = JSON.parse(text ?? '');
    return canonicalJson(document) === text ? document : undefined;
  } catch {
    return undefined;
  }
}

function isSignedBy(sealed: Seal, signature: string): boolean {
  try {
    const key = parsePublicKey(sealed.key);
    return (
      publicKeyText(key) === sealed.key &&
      verify(null, Buffer.from(canonicalJson(sealed)), key, Buffer.from(signature, 'hex'))
    );
  } catch {
    return false;
  }
}
