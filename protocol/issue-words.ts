import type { z } from 'zod';
import { en, ja } from 'zod/locales';

/** Problem of a field, in English and, where there are words for it, in Japanese: part of an error's detail. */
export type ProblemWords = { readonly problem: string; readonly problemJa?: string };

const english = en().localeError;
const japanese = ja().localeError;

/**
 * Issue of a schema in both languages. A message of a schema's own stays English only, unless it brings a Japanese one
 * (`params.problemJa`), and so does a standard one that names the type of an input the issue lacks: check with
 * `reportInput`.
 */
export function issueWords(issue: z.core.$ZodIssue): ProblemWords {
  const raw = issue as z.core.$ZodRawIssue;
  const problem = issue.message;
  const own = issue.code === 'custom' ? issue.params?.problemJa : undefined;
  if (typeof own === 'string') return { problem, problemJa: own };
  const translated = textOf(english(raw)) === problem ? textOf(japanese(raw)) : undefined;
  return translated === undefined ? { problem } : { problem, problemJa: translated };
}

function textOf(message: ReturnType<typeof english>): string | undefined {
  return typeof message === 'string' ? message : message?.message;
}
