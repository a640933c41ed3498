import type { z } from 'zod';
import { en, ja } from 'zod/locales';

/** What is wrong with a field, in English and, where there are words for it, in Japanese: part of an error's detail. */
export type ProblemWords = { readonly problem: string; readonly problemJa?: string };

const english = en().localeError;
const japanese = ja().localeError;

/**
 * An issue in both languages. What a schema says in words of its own stays as it is, and so does an issue without its input,
 * which names the type of what came: check with `reportInput`.
 */
export function issueWords(issue: z.core.$ZodIssue): ProblemWords {
  const raw = issue as z.core.$ZodRawIssue;
  const problem = issue.message;
  const translated = textOf(english(raw)) === problem ? textOf(japanese(raw)) : undefined;
  return translated === undefined ? { problem } : { problem, problemJa: translated };
}

function textOf(message: ReturnType<typeof english>): string | undefined {
  return typeof message === 'string' ? message : message?.message;
}
