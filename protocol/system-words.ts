import type { ProblemWords } from './issue-words.ts';

/** What a system says of a file or a folder by its codes, in words. */
const words: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  EACCES: { en: 'access is denied', ja: '権限がありません' },
  EPERM: { en: 'access is denied', ja: '権限がありません' },
  EROFS: { en: 'the drive can only be read', ja: 'ドライブが読み取り専用です' },
  ENOENT: { en: 'it does not exist, or a folder above it', ja: 'それ自体か、途中のフォルダーがありません' },
  ENOTDIR: { en: 'its path leads through a file', ja: '途中にフォルダーではなくファイルがあります' },
  EISDIR: { en: 'it is a folder', ja: 'フォルダーです' },
  EEXIST: { en: 'a file of this name is there', ja: '同じ名前のファイルがあります' },
  ENAMETOOLONG: { en: 'its name is too long', ja: '名前が長すぎます' },
  EBUSY: { en: 'another program is using it', ja: '別のプログラムが使用中です' },
  EIO: { en: 'the drive reports a fault', ja: 'ドライブの異常です' },
  ENOSPC: { en: 'the drive is full', ja: 'ドライブに空きがありません' },
  EDQUOT: { en: 'the drive is full', ja: 'ドライブに空きがありません' },
  EMFILE: { en: 'too many files are open', ja: '開いているファイルが多すぎます' },
};

/** Problem of the system's with a file, in both languages; of a code without words the code. */
export function systemWords(thrown: unknown): Required<ProblemWords> {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  const unknown = code === '' ? '?' : code;
  return {
    problem: known ? `${known.en} (${code})` : unknown,
    problemJa: known ? `${known.ja}（${code}）` : unknown,
  };
}

/** Problem of a text that is no JSON, in both languages, with its place where the parser names one. */
export function jsonWords(thrown: unknown): Required<ProblemWords> {
  const said = thrown instanceof Error ? thrown.message : '';
  const place = /line (\d+) column (\d+)/.exec(said);
  if (place)
    return {
      problem: `it is no JSON from line ${place[1]}, character ${place[2]} on`,
      problemJa: `${place[1]} 行目の ${place[2]} 文字目から JSON として読めません`,
    };
  const token = /^Unexpected token ('.+'), (.*) is not valid JSON$/.exec(said.replace(/\s+/g, ' '));
  if (token)
    return {
      problem: `it is no JSON: ${token[1]} is out of place in ${token[2]}`,
      problemJa: `JSON として読めません（${token[2]} の中の ${token[1]}）`,
    };
  return { problem: 'the JSON in it has no end', problemJa: 'JSON が途中で終わっています' };
}
