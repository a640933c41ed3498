import { saidLanguage, usageError } from '../../protocol/command-line.ts';
import type { Language } from '../../protocol/errors.ts';
import { systemLanguage } from '../launch/language.ts';

/** Language of a command's answer: the one that `--language` names, else the machine's. @throws FedReconError `usage` */
export function languageOf(text: string | undefined): Language {
  if (text === undefined) return systemLanguage();
  const said = saidLanguage(['--language', text]);
  if (!said) throw usageError(`--language takes ja or en, not "${text}".`);
  return said;
}
