import { describeError, type ErrorRecord } from '../../protocol/errors.ts';
import type { ErrorView } from '../api/views.ts';

/** An error as the window shows it: its code and both sentences in both languages. */
export function errorView({ code, detail }: ErrorRecord): ErrorView {
  return {
    ...{ code, detail },
    en: describeError(code, detail, 'en', 'window'),
    ja: describeError(code, detail, 'ja', 'window'),
  };
}
