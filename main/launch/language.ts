import type { Language } from '../../protocol/errors.ts';

/** Language of the command line: Japanese where the machine's is, else English. */
export function systemLanguage(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en';
}
