import type { z } from 'zod';
import { en, ja } from 'zod/locales';

/** Problem of a field, in English and, where there are words for it, in Japanese: part of an error's detail. */
export type ProblemWords = { readonly problem: string; readonly problemJa?: string };

const english = en().localeError;
const japanese = ja().localeError;

/** Japanese of the messages that schemas have of their own, by the English one. */
const ownJapanese = new Map<string, string>();

/** A message of a schema's own, which `issueWords` then says in Japanese too. @returns the English one, as zod takes it */
export function said(en: string, ja: string): string {
  ownJapanese.set(en, ja);
  return en;
}

/**
 * Issue of a schema in both languages. A message of a schema's own stays English only, unless it brings a Japanese one
 * (`said`, or `params.problemJa` where it holds a value), and so does a standard one that names the type of an input the
 * issue lacks: check with `reportInput`.
 */
export function issueWords(issue: z.core.$ZodIssue): ProblemWords {
  const raw = issue as z.core.$ZodRawIssue;
  const problem = issue.message;
  const own = issue.code === 'custom' ? issue.params?.problemJa : undefined;
  const japaneseOwn = ownJapanese.get(problem);
  if (japaneseOwn !== undefined) return { problem, problemJa: japaneseOwn };
  if (typeof own === 'string') return { problem, problemJa: own };
  const translated = textOf(english(raw)) === problem ? textOf(japanese(raw)) : undefined;
  return translated === undefined ? { problem } : { problem, problemJa: translated };
}

function textOf(message: ReturnType<typeof english>): string | undefined {
  return typeof message === 'string' ? message : message?.message;
}
