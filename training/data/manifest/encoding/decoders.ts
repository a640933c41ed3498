import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import { type CharacterEncoding, encodingTable } from './encodings.ts';

/** Decoder of a text's bytes, in one piece or, with `stream`, in several; what it cannot read becomes U+FFFD. */
export interface TextReader {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/** Decoder of an encoding. NULs are left to the lines. */
export function decoderOf(encoding: CharacterEncoding): TextReader {
  const { decode } = encodingTable[encoding];
  if ('web' in decode) return new TextDecoder(decode.web);
  if ('iconv' in decode) return iconvReader(decode.iconv);
  if ('own' in decode) return byLines(hzText);
  return byLines((bytes) => onceMore(bytes, decode.twice));
}

/** Decoder that keeps the last line until it is whole, of an encoding in which lines do not depend on each other. */
function byLines(decodeLines: (bytes: Buffer) => string): TextReader {
  let begun: Buffer = Buffer.alloc(0);
  return {
    decode(bytes = new Uint8Array(), { stream = false } = {}) {
      const all = Buffer.concat([begun, bytes]);
      const end = stream ? all.lastIndexOf(0x0a) + 1 : all.length;
      begun = all.subarray(end);
      return decodeLines(all.subarray(0, end));
    },
  };
}

function iconvReader(name: string): TextReader {
  const decoder = iconv.getDecoder(name, { stripBOM: true });
  return {
    decode(bytes = new Uint8Array(), { stream = false } = {}) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const text = decoder.write(buffer);
      return stream ? text : text + (decoder.end() ?? '');
    },
  };
}

const gbk = new TextDecoder('gbk');

/** HZ (RFC 1843): between `~{` and `~}` two ASCII characters are one of GB 2312; `~~` is a tilde. */
function hzText(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/~\{([\x21-\x7e]*?)(?:~\}|$)|~~|~\n/gm, (all, pairs?: string) => {
      if (pairs === undefined) return all === '~~' ? '~' : '';
      return gbk.decode(Buffer.from(pairs, 'latin1').map((byte) => byte | 0x80));
    });
}

/** Byte of each character of a page of 256. */
function bytesOf(page: string): ReadonlyMap<string, number> {
  const text = new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return new Map([...text].map((character, byte) => [character, byte]));
}

const strict = new TextDecoder('utf-8', { fatal: true });
const pages = new Map<string, ReadonlyMap<string, number>>();

/** Text that was read in a page of 256 though it was UTF-8, once more; runs of characters that were not stay as they are. */
function onceMore(bytes: Buffer, page: string): string {
  const text = bytes.toString();
  if (isAscii(bytes)) return text;
  let own = pages.get(page);
  if (!own) {
    own = bytesOf(page);
    pages.set(page, own);
  }
  return text.replaceAll(/\P{ASCII}+/gu, (run) => {
    const was = [...run].map((character) => own.get(character));
    if (was.some((byte) => byte === undefined)) return run;
    try {
      return strict.decode(Uint8Array.from(was as number[]));
    } catch {
      return run;
    }
  });
}
