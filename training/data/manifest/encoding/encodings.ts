/** How the bytes of an encoding become text. */
type Decoding =
  /** By the platform: the label of the WHATWG's Encoding Standard. */
  | { readonly web: string }
  /** By iconv-lite: the code pages of DOS and of older systems. */
  | { readonly iconv: string }
  /** By `decoders.ts`: what is written in ASCII alone. */
  | { readonly own: 'hz' }
  /** UTF-8 that a program read in another encoding and wrote as UTF-8 once more: that other one. */
  | { readonly twice: 'windows-1252' | 'windows-1251' };

/** What is known of an encoding. */
interface EncodingEntry {
  readonly decode: Decoding;
  /** Languages that plants write in it, of `languages.ts`; without any it is found by its bytes alone, or said by a person. */
  readonly languages?: readonly string[];
  /** How rare it is, as the natural logarithm of how many files of the commonest come to one of it; 0 where none is said. */
  readonly rare?: number;
  /** Other names that people give it, beside those of the Encoding Standard. */
  readonly names?: readonly string[];
}

const west = [
  ...(['English', 'German', 'French', 'Spanish', 'Portuguese', 'Italian', 'Dutch', 'Danish'] as const),
  ...(['Swedish', 'Finnish', 'Catalan', 'Icelandic'] as const),
] as const;
const estonian = ['Estonian'] as const;
const central = ['Polish', 'Czech', 'Slovak', 'Hungarian', 'Romanian', 'Croatian', 'German'] as const;
const baltic = ['Latvian', 'Lithuanian', 'Estonian'] as const;
const turkish = ['Turkish', 'German', 'French', 'Spanish'] as const;
const slavic = ['Russian', 'Ukrainian', 'Bulgarian', 'Serbian'] as const;

const table = {
  'UTF-8': { decode: { web: 'utf-8' }, languages: ['any'], names: ['utf8'] },
  'UTF-8 BOM': { decode: { web: 'utf-8' }, names: ['utf-8-sig', 'utf8bom', 'utf-8-bom'] },
  'UTF-16LE': { decode: { web: 'utf-16le' } },
  'UTF-16BE': { decode: { web: 'utf-16be' } },
  'UTF-32LE': { decode: { iconv: 'utf-32le' } },
  'UTF-32BE': { decode: { iconv: 'utf-32be' } },
  'UTF-7': { decode: { iconv: 'utf-7' } },
  'UTF-8 twice (1252)': { decode: { twice: 'windows-1252' } },
  'UTF-8 twice (1251)': { decode: { twice: 'windows-1251' } },
  Shift_JIS: {
    decode: { web: 'shift_jis' },
    languages: ['Japanese'],
    names: ['cp932', 'windows-932', 'shiftjis'],
  },
  'EUC-JP': { decode: { web: 'euc-jp' }, languages: ['Japanese'], rare: 1, names: ['eucjp'] },
  'ISO-2022-JP': { decode: { web: 'iso-2022-jp' }, names: ['jis'] },
  GB18030: { decode: { web: 'gb18030' }, languages: ['Simplified Chinese'], names: ['cp936', 'gb2312'] },
  'HZ-GB-2312': { decode: { own: 'hz' }, names: ['hz'] },
  Big5: {
    decode: { web: 'big5' },
    languages: ['Traditional Chinese'],
    rare: 0.5,
    names: ['cp950', 'big5-hkscs'],
  },
  'EUC-KR': { decode: { web: 'euc-kr' }, languages: ['Korean'], names: ['cp949', 'windows-949', 'uhc'] },
  'Windows-1252': { decode: { web: 'windows-1252' }, languages: [...west, ...estonian] },
  'Windows-1250': { decode: { web: 'windows-1250' }, languages: central, rare: 0.7 },
  'Windows-1251': { decode: { web: 'windows-1251' }, languages: slavic, rare: 0.5 },
  'Windows-1253': { decode: { web: 'windows-1253' }, languages: ['Greek'], rare: 1.5 },
  'Windows-1254': { decode: { web: 'windows-1254' }, languages: turkish, rare: 1, names: ['latin5'] },
  'Windows-1255': { decode: { web: 'windows-1255' }, languages: ['Hebrew'], rare: 1.5 },
  'Windows-1256': { decode: { web: 'windows-1256' }, languages: ['Arabic', 'Persian'], rare: 1.5 },
  'Windows-1257': { decode: { web: 'windows-1257' }, languages: baltic, rare: 1.5 },
  'Windows-1258': { decode: { web: 'windows-1258' }, languages: ['Vietnamese'], rare: 2 },
  'Windows-874': { decode: { web: 'windows-874' }, languages: ['Thai'], rare: 1, names: ['cp874'] },
  'ISO-8859-2': { decode: { web: 'iso-8859-2' }, languages: central, rare: 2.5 },
  'ISO-8859-3': { decode: { web: 'iso-8859-3' } },
  'ISO-8859-4': { decode: { web: 'iso-8859-4' }, languages: baltic, rare: 5 },
  'ISO-8859-5': { decode: { web: 'iso-8859-5' }, languages: slavic, rare: 4 },
  'ISO-8859-6': { decode: { web: 'iso-8859-6' }, languages: ['Arabic'], rare: 4 },
  'ISO-8859-7': { decode: { web: 'iso-8859-7' }, languages: ['Greek'], rare: 2.5 },
  'ISO-8859-8': { decode: { web: 'iso-8859-8' }, languages: ['Hebrew'], rare: 4 },
  'ISO-8859-10': { decode: { web: 'iso-8859-10' } },
  'ISO-8859-13': { decode: { web: 'iso-8859-13' }, languages: baltic, rare: 4 },
  'ISO-8859-14': { decode: { web: 'iso-8859-14' } },
  'ISO-8859-15': { decode: { web: 'iso-8859-15' }, languages: [...west, ...estonian], rare: 2.5 },
  // Romanian reads alike in Windows-1250, with cedillas for commas below; of the two nobody has met this one.
  'ISO-8859-16': { decode: { web: 'iso-8859-16' } },
  'KOI8-R': { decode: { web: 'koi8-r' }, languages: ['Russian', 'Bulgarian'], rare: 2.5 },
  'KOI8-U': { decode: { web: 'koi8-u' }, languages: ['Russian', 'Ukrainian'], rare: 3 },
  CP866: { decode: { web: 'ibm866' }, languages: slavic.slice(0, 3), rare: 2.5 },
  CP855: { decode: { iconv: 'cp855' }, languages: ['Serbian', 'Bulgarian'], rare: 5 },
  'Mac Cyrillic': { decode: { web: 'x-mac-cyrillic' }, languages: slavic, rare: 4, names: ['maccyrillic'] },
  'Mac Roman': { decode: { web: 'macintosh' }, languages: west, rare: 3, names: ['macroman'] },
  'Mac Central Europe': { decode: { iconv: 'maccenteuro' }, languages: central, rare: 4.5 },
  'Mac Turkish': { decode: { iconv: 'macturkish' }, languages: ['Turkish'], rare: 5 },
  'Mac Greek': { decode: { iconv: 'macgreek' }, languages: ['Greek'], rare: 5 },
  CP437: { decode: { iconv: 'cp437' }, languages: west, rare: 3 },
  CP850: { decode: { iconv: 'cp850' }, languages: west, rare: 2.5, names: ['cp858'] },
  CP852: { decode: { iconv: 'cp852' }, languages: central, rare: 3 },
  CP857: { decode: { iconv: 'cp857' }, languages: ['Turkish'], rare: 3.5 },
  CP737: { decode: { iconv: 'cp737' }, languages: ['Greek'], rare: 3.5 },
  CP775: { decode: { iconv: 'cp775' }, languages: baltic, rare: 4 },
  CP862: { decode: { iconv: 'cp862' }, languages: ['Hebrew'], rare: 4 },
  CP720: { decode: { iconv: 'cp720' }, languages: ['Arabic'], rare: 4 },
  CP865: { decode: { iconv: 'cp865' }, languages: ['Danish'], rare: 4 },
  VISCII: { decode: { iconv: 'viscii' }, languages: ['Vietnamese'], rare: 3.5 },
  'TCVN 5712': { decode: { iconv: 'tcvn' }, languages: ['Vietnamese'], rare: 3.5, names: ['tcvn'] },
} as const satisfies Record<string, EncodingEntry>;

export type CharacterEncoding = keyof typeof table;

/** Encodings of text tables, each of which a person may name. */
export const encodingTable: Readonly<Record<CharacterEncoding, EncodingEntry>> = table;

/** Names of the encodings as people know them, the commonest families first. */
export const encodings = Object.keys(table) as [CharacterEncoding, ...CharacterEncoding[]];

/** Encoding that a person means: `koi8r`, `sjis`, `latin1`, `Windows 1251`; undefined where it is none of them. */
export function encodingNamed(text: string): CharacterEncoding | undefined {
  return byName.get(bare(text)) ?? byLabel.get(labelOf(text));
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function labelOf(text: string): string {
  try {
    return new TextDecoder(text.trim()).encoding;
  } catch {
    return '';
  }
}

const byName = new Map<string, CharacterEncoding>();
const byLabel = new Map<string, CharacterEncoding>();
for (const name of encodings) {
  const { decode, names = [] } = encodingTable[name];
  const own = [name, ...names, ...('web' in decode ? [decode.web] : 'iconv' in decode ? [decode.iconv] : [])];
  for (const one of own) if (!byName.has(bare(one))) byName.set(bare(one), name);
  if ('web' in decode && !byLabel.has(decode.web)) byLabel.set(decode.web, name);
}
for (const page of ['1250', '1251', '1252', '1253', '1254', '1255', '1256', '1257', '1258'] as const)
  byName.set(`cp${page}`, `Windows-${page}`);
// GBK is the part of GB18030 that most files keep to.
byLabel.set('gbk', 'GB18030');
