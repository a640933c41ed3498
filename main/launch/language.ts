import type { Language } from '../../protocol/errors.ts';

/** What a command line speaks to whoever started it: Japanese where the machine does, else English. */
export function systemLanguage(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en';
}
