import type { Messages } from '../../i18n/en.ts';
import { saidReason } from '../../state/decision-reason.ts';

/** How values are written in the person's language, and what the plan calls its measurements in it. */
export interface DetailLanguage {
  readonly t: Messages;
  whole(value: number): string;
  significant(value: number, digits: number): string;
  time(rfc3339: string): string;
  list(words: readonly string[]): string;
  /** The name of a measurement for people, from its name in the plan. */
  measurement(name: string): string;
}

/** Significant digits of a figure; the entry as it stands in the log has them all. */
const digits = 4;

/** Term of a field of an entry: its words, else what a measurement of that name is called, else the name itself. */
export function detailTerm(name: string, { t, measurement }: DetailLanguage): string {
  return t.logDetail.fields[name] ?? measurement(name);
}

/** Value of a field of an entry in words: names of the plan and of the program in the person's language. */
export function detailWords(field: string, value: unknown, language: DetailLanguage): string {
  const { t } = language;
  if (value === null || value === undefined) return t.round.none;
  if (typeof value === 'boolean') return value ? t.logDetail.yes : t.logDetail.no;
  if (typeof value === 'number')
    return Number.isInteger(value) ? language.whole(value) : language.significant(value, digits);
  if (typeof value === 'string') return wordFor(field, value, language);
  if (Array.isArray(value)) return listed(field, value, language);
  return Object.entries(value)
    .map(([name, inner]) => `${detailTerm(name, language)}: ${detailWords(name, inner, language)}`)
    .join(', ');
}

function listed(field: string, values: readonly unknown[], language: DetailLanguage): string {
  const words = values.map((value) => detailWords(field, value, language));
  if (words.length === 0) return language.t.round.none;
  return values.some((value) => typeof value === 'object') ? words.join('; ') : language.list(words);
}

function wordFor(field: string, value: string, language: DetailLanguage): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return language.time(value);
  if (measurements.has(field)) return language.measurement(value);
  if (field === 'reason') return reasonWords(value, language);
  return words[field]?.(language.t)[value] ?? value;
}

/** A reason of the list in words, with what was written besides. */
function reasonWords(value: string, { t }: DetailLanguage): string {
  const { reason, comment } = saidReason(value);
  return [reason && t.review.reasonTexts[reason], comment].filter((text) => text).join(' – ');
}

/** Fields that name measurements of the plan. */
const measurements = new Set(['modality', 'modalities', 'has', 'before', 'unevaluated', 'through']);

/** Fields that name something of the program, and the words for it. */
const words: Readonly<Record<string, (t: Messages) => Readonly<Record<string, string>>>> = {
  adoption: ({ models }) => models.policies,
  comparison: ({ models }) => models.comparisons,
  decisions: ({ policy }) => policy.decisionKinds,
  exportBy: ({ people }) => people.roles,
  pass: ({ traffic }) => traffic.passes,
  pins: ({ policy }) => policy.pinsAre,
  seenBy: ({ people }) => people.roles,
  signOffBy: ({ people }) => people.roles,
  stage: ({ stages }) => stages,
  verdict: ({ trust }) => trust.verdicts,
};
