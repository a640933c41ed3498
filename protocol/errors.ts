import { type Control, controls } from './controls.ts';
import { engineErrors } from './errors/engine.ts';
import type { ErrorEntry } from './errors/entry.ts';
import { federationErrors } from './errors/federation.ts';
import { generalErrors } from './errors/general.ts';
import { importErrors } from './errors/import.ts';
import { modelErrors } from './errors/models.ts';
import { trainingErrors } from './errors/training.ts';
import { workstationErrors } from './errors/workstation.ts';

/**
 * Table of every error that a person or a peer can meet: a stable code, the HTTP status it travels under (RFC 9457),
 * what happened and what to do, in both languages.
 */
export const errorTable = {
  ...generalErrors,
  ...engineErrors,
  ...importErrors,
  ...trainingErrors,
  ...modelErrors,
  ...workstationErrors,
  ...federationErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type Language = 'en' | 'ja';
export type ErrorDetail = Readonly<Record<string, string | number>>;

/** An error with a code from the table; the only kind that crosses a border (window, wire, process). */
export class FedReconError extends Error {
  override readonly name = 'FedReconError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(`${describeError(code, detail, 'en').title} [${code}]`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** An error as it crosses a border: plain JSON. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

/**
 * Text of an error in two sentences: what happened, and what to do. Japanese ones take a fact from `…Ja` where the
 * detail has it in words of that language too.
 * @param place where the text is read: its cure names the controls that are there
 */
export function describeError(
  code: ErrorCode,
  detail: ErrorDetail,
  language: Language,
  place: keyof Control = 'command',
): { title: string; cure: string } {
  const entry: ErrorEntry = errorTable[code];
  const named = (text: string) =>
    text.replace(/\[\[([^\]]+)\]\]/g, (_, name: keyof typeof controls) => controls[name][place][language]);
  const fill = (text: string) =>
    named(text).replace(/\{(\w+)\}/g, (whole, key: string) => {
      const translated = language === 'ja' ? detail[`${key}Ja`] : undefined;
      return String(translated ?? detail[key] ?? whole);
    });
  return { title: fill(entry[language].title), cure: fill(entry[language].cure) };
}

/** Error record of any thrown value; one that is no FedReconError becomes `internal` and keeps no stack. */
export function errorRecord(thrown: unknown): ErrorRecord {
  return thrown instanceof FedReconError
    ? { code: thrown.code, detail: thrown.detail }
    : { code: 'internal', detail: {} };
}
