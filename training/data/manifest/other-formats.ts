import { open, readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { readingError } from '../../cells/reading-error.ts';

/** Format that is not read, in both languages. */
interface OtherFormat {
  readonly en: string;
  readonly ja: string;
}

const oldWorkbook: OtherFormat = { en: 'an old Excel workbook (.xls)', ja: '旧形式の Excel ブック（.xls）' };
const binaryWorkbook: OtherFormat = {
  en: 'a binary Excel workbook (.xlsb)',
  ja: 'バイナリ形式の Excel ブック（.xlsb）',
};
const openDocument: OtherFormat = {
  en: 'an OpenDocument spreadsheet (.ods)',
  ja: 'OpenDocument 表計算（.ods）',
};
const packed: OtherFormat = { en: 'a packed file', ja: '圧縮ファイル' };
const page: OtherFormat = { en: 'a web page or XML', ja: 'Web ページか XML' };
const database: OtherFormat = { en: 'a database', ja: 'データベース' };
const binary: OtherFormat = {
  en: 'a file of another program, not text',
  ja: '文字のファイルではない、別のソフトのファイル',
};

/** By the endings of their files. */
const byEnding: readonly (readonly [pattern: RegExp, format: OtherFormat])[] = [
  [/\.xls$/i, oldWorkbook],
  [/\.xlsb$/i, binaryWorkbook],
  [/\.(xltx|xltm|xlam)$/i, { en: 'an Excel template or add-in', ja: 'Excel のテンプレートかアドイン' }],
  [/\.(ods|fods)$/i, openDocument],
  [/\.numbers$/i, { en: 'a spreadsheet of Numbers', ja: 'Numbers の表計算' }],
  [/\.(gz|zip|bz2|xz|zst|7z|rar|tar|tgz|lzh)$/i, packed],
  [/\.json$/i, { en: 'a JSON document, not lines of JSON', ja: '1 行 1 件ではない JSON' }],
  [/\.(xml|html?)$/i, page],
  [/\.(mdb|accdb|db|sqlite3?|dbf)$/i, database],
  [
    /\.(txt|dat|log|prn|asc)$/i,
    { en: 'a text file that is not called a table', ja: '表の拡張子ではない文字のファイル' },
  ],
  [/\.(h5|hdf5|mat|tdms|mf4|mdf|feather|arrow|sav|sas7bdat|pdf|docx?)$/i, binary],
];

/** By their first bytes, in hexadecimal digits. */
const byBytes: readonly (readonly [first: readonly string[], format: OtherFormat])[] = [
  [['d0cf11e0a1b11ae1'], oldWorkbook],
  [['504b0304'], { en: 'a workbook or a packed file', ja: 'Excel ブックか圧縮ファイル' }],
  [['1f8b', '425a68', 'fd377a585a', '377abcaf', '52617221', '28b52ffd'], packed],
  [['50415231'], { en: 'a Parquet table', ja: 'Parquet の表' }],
  [['53514c69746520666f726d61742033', '000100005374616e64617264'], database],
  [
    [
      '255044462d',
      '7b5c727466',
      '89484446',
      '89504e47',
      'ffd8ff',
      '4d41544c41422035',
      '4152524f5731',
      '5444536d',
    ],
    binary,
  ],
];
/** Beginning of a page, whatever mark stands before it. */
const ofPage = /^(\u00ef\u00bb\u00bf)?\s*<(\?xml|!doctype|html)/i;
const bytesLooked = 64;

/** Endings of tables that a person may miss where another table is read. */
const missedTable = /\.(xls|xlsb|ods|numbers|((csv|tsv|jsonl|ndjson|parquet|xlsx)\.)(gz|zip|bz2|xz|zst))$/i;

/** True if a file looks like a table in a format that is not read. */
export function isOtherTable(name: string): boolean {
  return /^[^.~]/.test(name) && missedTable.test(name);
}

function refusal(manifest: string, { en, ja }: OtherFormat): FedReconError {
  return new FedReconError('table-format', { manifest, format: en, formatJa: ja });
}

/** Refuses a file that is called a text table and is something else. @throws FedReconError `table-format`, `file-unreadable` */
export async function assertTextTable(path: string): Promise<void> {
  const first = await firstBytes(path).catch((thrown: unknown) => {
    throw readingError(thrown, path);
  });
  const digits = first.toString('hex');
  const format = ofPage.test(first.toString('latin1'))
    ? page
    : byBytes.find(([beginnings]) => beginnings.some((one) => digits.startsWith(one)))?.[1];
  if (format) throw refusal(basename(path), format);
}

/** Name of the part of an OLE file in which a workbook with a password lies. */
const encrypted = Buffer.from('EncryptedPackage', 'utf16le');

/** Refusal of a file that is called a workbook and is something else, by its bytes; undefined where these do not say what. */
export function otherThanWorkbook(manifest: string, content: Buffer): FedReconError | undefined {
  const isOle = content.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1';
  if (isOle && content.includes(encrypted)) return new FedReconError('table-protected', { manifest });
  if (isOle) return refusal(manifest, oldWorkbook);
  if (content.subarray(0, 2).toString('latin1') === 'PK') {
    if (content.includes('application/vnd.oasis.opendocument')) return refusal(manifest, openDocument);
    return content.includes('xl/workbook.bin') ? refusal(manifest, binaryWorkbook) : undefined;
  }
  if (ofPage.test(content.subarray(0, bytesLooked).toString('latin1'))) return refusal(manifest, page);
  const isText = content.length > 0 && !content.subarray(0, 4096).includes(0);
  return isText
    ? refusal(manifest, { en: 'a text file under another name', ja: '別の拡張子が付いた文字のファイル' })
    : undefined;
}

async function firstBytes(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytesLooked), 0, bytesLooked, 0);
  return buffer.subarray(0, bytesRead);
}

/** Why a folder without a table has none: the refusal of what lies there in another format; undefined where nothing does. */
export async function otherFormatIn(folder: string): Promise<FedReconError | undefined> {
  const names = (await readdir(folder, { withFileTypes: true })).flatMap((entry) =>
    entry.isFile() && !/^[.~]/.test(entry.name) ? [entry.name] : [],
  );
  const found = byEnding.flatMap(([pattern, format]) =>
    names
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => refusal(name, format)),
  );
  return found[0];
}
